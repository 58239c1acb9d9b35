import type { Text } from '../../scores/schemas.ts';

interface TextPairProps {
  readonly labels: { readonly zh: string; readonly en: string };
  readonly value: Text;
  readonly max: number;
  readonly change: (value: Text) => void;
}

/** The same words for both kinds of reader, side by side. */
export function TextPair({ labels, value, max, change }: TextPairProps) {
  return (
    <div className="skill-pair">
      {(['zh', 'en'] as const).map((language) => (
        <label key={language} className="field">
          <span>{labels[language]}</span>
          <input
            required
            maxLength={max}
            lang={language === 'zh' ? 'zh-CN' : 'en'}
            value={value[language]}
            onChange={({ target }) => change({ ...value, [language]: target.value })}
          />
        </label>
      ))}
    </div>
  );
}
