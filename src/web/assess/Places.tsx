import { useEffect, useRef } from 'react';
import type { Answers, Place } from '../../appraisal/assessments/answers.ts';
import { useReader } from '../text/language.ts';

interface PlacesProps {
  readonly places: readonly Place[];
  readonly answers: Answers;
  /** The place that keys act on. */
  readonly current: number;
  readonly choose: (index: number) => void;
  readonly answer: (key: string, answer: string | undefined) => void;
  readonly isDisabled?: boolean;
  readonly openTicket?: (ticket: string) => void;
}

/** What a form asks, each with its possible answers and what they mean; by pointer, or by keys on the current one. */
export function Places({ places, openTicket, ...rest }: PlacesProps) {
  const { t } = useReader();
  return (
    <div className="places">
      {places.map((place, i) => (
        <div key={place.key}>
          {place.ticket !== null && places[i - 1]?.ticket !== place.ticket ? (
            <h3 className="places-ticket">
              <button type="button" className="text-button" onClick={() => openTicket?.(place.ticket ?? '')}>
                {t('assess.ticket', { ticket: place.ticket })}
              </button>
            </h3>
          ) : null}
          <PlaceRow place={place} index={i} {...rest} />
        </div>
      ))}
    </div>
  );
}

function PlaceRow({
  place,
  index,
  answers,
  current,
  choose,
  answer,
  isDisabled = false,
}: Omit<PlacesProps, 'places' | 'openTicket'> & { readonly place: Place; readonly index: number }) {
  const { t, say } = useReader();
  const isCurrent = current === index;
  const row = useRef<HTMLDivElement>(null);
  const wasCurrent = useRef(isCurrent);
  useEffect(() => {
    if (isCurrent && !wasCurrent.current) row.current?.scrollIntoView({ block: 'nearest' });
    wasCurrent.current = isCurrent;
  }, [isCurrent]);
  const given = answers[place.key];
  const { asks } = place;
  const options =
    asks.kind === 'level'
      ? [
          ...asks.levels.map(({ name, anchor }, i) => ({
            value: String(i + 1),
            key: String(i + 1),
            name: say(name),
            anchor: say(anchor),
          })),
          { value: 'na', key: '0', name: t('assess.notJudged'), anchor: null },
        ]
      : [
          { value: 'yes', key: '1', name: t('assess.yes'), anchor: null },
          { value: 'no', key: '2', name: t('assess.no'), anchor: null },
          { value: 'na', key: '0', name: t('assess.notApplicable'), anchor: null },
        ];
  return (
    // Whatever is touched of a place makes it the one that keys act on.
    <div ref={row} className={isCurrent ? 'place place-current' : 'place'} onFocusCapture={() => choose(index)}>
      <p className="place-text">{say(place.text)}</p>
      {asks.kind === 'number' ? (
        <span className="row">
          <input
            className="place-number figure"
            inputMode="numeric"
            autoComplete="off"
            aria-label={say(place.text)}
            data-number={place.key}
            disabled={isDisabled}
            value={given ?? ''}
            onChange={(event) => {
              const digits = event.target.value.replace(/\D/g, '').replace(/^0+(?=\d)/, '');
              if (digits === '') answer(place.key, undefined);
              else if (Number(digits) <= asks.most) answer(place.key, digits);
            }}
          />
          {say(asks.unit)}
        </span>
      ) : (
        <div
          className={asks.kind === 'level' ? 'place-levels' : 'place-checks'}
          role="radiogroup"
          aria-label={say(place.text)}
        >
          {options.map((option) => (
            // biome-ignore lint/a11y/useSemanticElements: a button per answer keeps the keys of the page, as radio inputs would not.
            <button
              key={option.value}
              type="button"
              role="radio"
              aria-checked={given === option.value}
              className={option.value === 'na' ? 'choice choice-na' : 'choice'}
              disabled={isDisabled}
              onClick={() => answer(place.key, option.value)}
            >
              <span className="choice-name">
                <kbd>{option.key}</kbd> {option.name}
              </span>
              {option.anchor === null ? null : <span className="choice-anchor">{option.anchor}</span>}
            </button>
          ))}
        </div>
      )}
    </div>
  );
}
