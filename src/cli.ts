#!/usr/bin/env node
import { commands } from './commands.ts';
import { dispatch } from './dispatch.ts';

process.exitCode = await dispatch(
  process.argv.slice(2),
  {
    env: process.env,
    out: (text) => process.stdout.write(`${text}\n`),
    err: (text) => process.stderr.write(`${text}\n`),
  },
  commands,
);
