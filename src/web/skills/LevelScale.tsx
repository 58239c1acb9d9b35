import { type Level, levels } from '../../skills/skillSchema.ts';
import { useReader } from '../text/language.ts';

interface LevelScaleProps {
  readonly level: Level | null;
  /** What a job asks for: a notch on the beam. */
  readonly required?: Level | null;
}

/** A short beam of five notches, filled to the level; the words are beside it or read aloud. */
export function LevelScale({ level, required = null }: LevelScaleProps) {
  const { t } = useReader();
  return (
    <span className="skill-scale">
      <span aria-hidden="true" className="skill-beam">
        {levels.map((each) => (
          <i
            key={each}
            className={[level !== null && each <= level ? 'won' : 'open', each === required ? 'asked' : ''].join(' ')}
          />
        ))}
      </span>
      <b>{level === null ? t('skills.unknown') : t('skills.level', { level })}</b>
    </span>
  );
}
