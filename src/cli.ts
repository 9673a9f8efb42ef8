#!/usr/bin/env node
// The `socle` command.
import { runCommandLine } from '#app/command-line.ts';

process.exitCode = await runCommandLine(process.argv, process.env);
