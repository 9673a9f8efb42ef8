#!/usr/bin/env -S node --max-semi-space-size=8
// The `socle` command. The flag keeps the memory of large imports small: short-lived rows are collected sooner.
import './compile-cache.ts';

// Only what is imported from here on is kept.
const { runCommandLine } = await import('#app/command-line.ts');
process.exitCode = await runCommandLine(process.argv, process.env);
