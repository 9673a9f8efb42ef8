#!/usr/bin/env -S node --max-semi-space-size=8
// The `socle` command. The flag keeps the memory of large imports small: short-lived rows are collected sooner.
import { runCommandLine } from '#app/command-line.ts';

process.exitCode = await runCommandLine(process.argv, process.env);
