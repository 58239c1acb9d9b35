import { useEffect, useRef } from 'react';
import type { Marks } from '../../quality/rubrics/marksSchema.ts';
import type { Rubric, RubricItem, RubricLevel } from '../../quality/rubrics/rubricSchema.ts';
import { useReader } from '../text/language.ts';

interface FormProps {
  readonly rubric: Rubric;
  readonly marks: Marks;
  /** The item that keys act on. */
  readonly current: string;
  readonly choose: (item: string) => void;
  readonly mark: (item: string, change: Partial<Marks[string]>) => void;
}

/** A rubric to be filled in: by pointer, or by keys on the current item. */
export function RubricForm({ rubric, ...rest }: FormProps) {
  const { t, say } = useReader();
  return (
    <div className="form">
      {rubric.categories.map(({ id, name, weight, items }) => (
        <section key={id} aria-label={say(name)}>
          <h3 className="form-category">
            {say(name)}{' '}
            <span className="quiet figure">{weight === '0' ? '' : t('quality.points', { points: weight })}</span>
          </h3>
          {items.map((item) => (
            <ItemRow key={item.id} item={item} {...rest} />
          ))}
        </section>
      ))}
    </div>
  );
}

function ItemRow({ item, marks, current, choose, mark }: Omit<FormProps, 'rubric'> & { readonly item: RubricItem }) {
  const { t, say } = useReader();
  const given = marks[item.id];
  const isCurrent = current === item.id;
  const row = useRef<HTMLDivElement>(null);
  // Where one begins is no move: the page opens at its top.
  const wasCurrent = useRef(isCurrent);
  useEffect(() => {
    if (isCurrent && !wasCurrent.current) row.current?.scrollIntoView({ block: 'nearest' });
    wasCurrent.current = isCurrent;
  }, [isCurrent]);
  const applies = item.applies === 'sometimes';
  return (
    // Whatever is touched of an item makes it the one that keys act on.
    <div
      ref={row}
      className={isCurrent ? 'form-item form-current' : 'form-item'}
      onFocusCapture={() => choose(item.id)}
    >
      <div className="form-name">
        <span>
          {say(item.name)}
          {item.critical ? <span className="form-critical">{t('quality.critical')}</span> : null}
        </span>
        {item.about ? <span className="quiet small">{say(item.about)}</span> : null}
      </div>
      <div className="form-levels" role="radiogroup" aria-label={say(item.name)}>
        {item.levels.map((level, i) => (
          <LevelButton
            key={level.id}
            level={level}
            digit={i + 1}
            isChosen={given?.level === level.id}
            isBad={item.critical === true && i > 0}
            choose={() => mark(item.id, { level: level.id })}
          />
        ))}
        {applies ? (
          // biome-ignore lint/a11y/useSemanticElements: a button per level keeps the keys of the page, as radio inputs would not.
          <button
            type="button"
            role="radio"
            aria-checked={given?.level === 'na'}
            className="level level-na"
            onClick={() => mark(item.id, { level: 'na' })}
          >
            <kbd>n</kbd>
            {t('quality.na')}
          </button>
        ) : null}
      </div>
      {isCurrent ? <Anchors item={item} /> : null}
      {isCurrent || given?.comment ? (
        <textarea
          className="form-comment"
          aria-label={`${say(item.name)} ${t('quality.commentItem')}`}
          placeholder={t('quality.commentItem')}
          data-comment={item.id}
          rows={1}
          maxLength={2000}
          value={given?.comment ?? ''}
          onChange={(event) => mark(item.id, { comment: event.target.value })}
        />
      ) : null}
    </div>
  );
}

function LevelButton(props: {
  readonly level: RubricLevel;
  readonly digit: number;
  readonly isChosen: boolean;
  readonly isBad: boolean;
  readonly choose: () => void;
}) {
  const { say } = useReader();
  const { level, digit, isChosen, isBad, choose } = props;
  return (
    // biome-ignore lint/a11y/useSemanticElements: a button per level keeps the keys of the page, as radio inputs would not.
    <button
      type="button"
      role="radio"
      aria-checked={isChosen}
      className={isBad ? 'level level-bad' : 'level'}
      title={level.anchor ? say(level.anchor) : undefined}
      onClick={choose}
    >
      <kbd>{digit}</kbd>
      {say(level.name)}
      {level.points === '0' && digit === 1 ? null : <span className="figure level-points">{level.points}</span>}
    </button>
  );
}

/** What each level looks like and sounds like; shown for the item one is at. */
export function Anchors({ item }: { readonly item: Pick<RubricItem, 'levels'> }) {
  const { t, say } = useReader();
  const told = item.levels.filter(({ anchor, examples }) => anchor || examples);
  if (told.length === 0) return null;
  return (
    <dl className="anchors" aria-label={t('quality.anchors')}>
      {told.map(({ id, name, anchor, examples = [] }) => (
        <div key={id}>
          <dt>{say(name)}</dt>
          <dd>
            {anchor ? <p>{say(anchor)}</p> : null}
            {examples.map((example) => (
              <p key={example.en} className="anchors-said">
                {say(example)}
              </p>
            ))}
          </dd>
        </div>
      ))}
    </dl>
  );
}
