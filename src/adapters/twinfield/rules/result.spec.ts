import { describe, expect, it } from '@jest/globals';
import { unwrap } from '../../../kernel/result.js';
import { judge, judgeEach, wordsOf } from './result.js';
import { parseXml } from './xml.js';

const parsed = (xml: string) => unwrap(parseXml(xml));

describe('judging an answer', () => {
  it('parts texts that share an attribute, and leaves addresses whole', () => {
    const { messages } = judge(parsed('<a result="0" msgtype="error" msg="Naam moet worden ingevuld//Zie https://help.example/x//"/>'));
    expect(messages.map(({ text }) => text)).toEqual(['Naam moet worden ingevuld', 'Zie https://help.example/x']);
  });

  it('does not fail an object for a warning, but for the result beside it', () => {
    const warned = parsed('<transaction result="1"><date msgtype="warning" msg="Datum valt buiten de periode."/></transaction>');
    expect(judge(warned)).toMatchObject({ ok: true, messages: [{ severity: 'warning', path: 'transaction/date' }] });
    expect(judge(parsed('<transaction result="0"><date msgtype="warning" msg="x" result="0"/></transaction>')).ok).toBe(false);
  });

  it('finds an error although every element above it says that all is well', () => {
    expect(judge(parsed('<dimension result="1"><a><b result="0" msgtype="error" msg="x"/></a></dimension>')).ok).toBe(false);
  });

  it('judges an object that came without a batch around it', () => {
    expect(judgeEach(parsed('<dimension result="1"/>'), 'dimension').map(({ judgement }) => judgement.ok)).toEqual([true]);
  });

  it('tells people each text once, with its field', () => {
    const twice = parsed('<a><b msgtype="error" msg="Fout"/><b msgtype="error" msg="Fout"/></a>');
    expect(wordsOf(judge(twice))).toBe('Fout (b)');
  });
});
