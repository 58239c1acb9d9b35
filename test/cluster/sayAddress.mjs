// Loaded by node before the engine is. The engine out of npm has replicated tables, but lacks the part of the server that says where
// other replicas fetch parts from, by which protocol, name and password: of the functions that answer this one always refuses, and the
// others answer nothing at all. In the memory of this process of a test they answer 127.0.0.1 with a port, http, and no password.
import { closeSync, openSync, readFileSync, readSync, writeSync } from 'node:fs';
import { createRequire } from 'node:module';
import { open } from 'ffi-rs';

// Of the version pinned in package.json, on this processor; anything else is refused below.
const address = { at: 0x1417c9c0, begins: '4156534883ec484c8b36490fbe8e67010000' };
const credentials = { at: 0x1417c940, begins: '41574156534c8b3f498d9f88010000' };
const scheme = { at: 0x1417cac0, begins: '488b0680b887010000' };

open({ library: 'chdb', path: createRequire(import.meta.url)('chdb/libchdb').libchdbPath() });
const line = readFileSync('/proc/self/maps', 'utf8')
  .split('\n')
  .find((each) => each.endsWith('/libchdb.so') && / 0{8} /.test(each));
const base = Number(BigInt(`0x${line.split('-')[0]}`));
const memory = openSync('/proc/self/mem', 'r+');

function become({ at, begins }, code) {
  const there = Buffer.alloc(begins.length / 2);
  readSync(memory, there, 0, there.length, base + at);
  if (there.toString('hex') !== begins) throw new Error(`another engine: ${there.toString('hex')}`);
  writeSync(memory, code, 0, code.length, base + at);
}

const hex = (digits) => Buffer.from(digits.replaceAll(' ', ''), 'hex');
const port = Buffer.alloc(2);
port.writeUInt16LE(Number(process.env.HENG_TEST_PARTS_PORT));
// A text of nine characters in place (23 bytes, the last says how many), then the port; where the answer goes comes in rdi and goes back in
// rax. Behind it two empty texts.
const answer = Buffer.concat([
  ...[hex('48b8'), Buffer.from('127.0.0.'), hex('488907')], // mov rax, text; mov [rdi], rax
  hex('48c74708 31000000'), // mov qword [rdi+8], '1'
  ...[hex('48b8 0000000000000009'), hex('48894710')], // mov rax, 9 << 56; mov [rdi+16], rax
  ...[hex('66c74718'), port], // mov word [rdi+24], port
  hex('4889f8 c3'), // mov rax, rdi; ret
]);
const empty = 0x50;
become(address, Buffer.concat([answer, Buffer.alloc(empty - answer.length), Buffer.alloc(48)]));
const away = Buffer.alloc(4);
away.writeInt32LE(address.at + empty - (credentials.at + 7));
become(credentials, Buffer.concat([hex('488d05'), away, hex('31d2 c3')])); // lea rax, [rip + away]; xor edx, edx; ret
const http = [
  hex('48c707'),
  Buffer.from('http'),
  hex('48c74708 00000000'),
  hex('48b8 0000000000000004'),
  hex('48894710 4889f8 c3'),
];
become(scheme, Buffer.concat(http));
closeSync(memory);
