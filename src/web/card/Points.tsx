import { Fragment, useState } from 'react';
import type { Outlook } from '../../scores/outlookSchemas.ts';
import type { ScorecardItem, ScorecardPage } from '../../scores/schemas.ts';
import { Beam, BeamLegend, BeamScale, BeamTie } from '../beam/Beam.tsx';
import { type PlacedBeam, stackBeams } from '../beam/placeBeams.ts';
import { score, weight } from '../format.ts';
import { Defined } from '../parts/Defined.tsx';
import { useReader } from '../text/language.ts';
import { beamItem, blockFull, fullMark } from './cardView.ts';
import { ItemDetail } from './ItemDetail.tsx';

/** Where every point went: one beam an item, each beginning where the points above it end, down to the total. */
export function Points({
  card,
  outlook,
  openEvidence,
}: {
  readonly card: ScorecardPage;
  /** How sure each figure is; comes after the card itself. */
  readonly outlook: Outlook | undefined;
  readonly openEvidence: (item: string) => void;
}) {
  const { t, say } = useReader();
  const { beams, scale } = stackBeams(card.items.map(beamItem));
  const byItem = new Map(beams.map((beam) => [beam.id, beam]));
  const full = fullMark(card);
  return (
    <section className="section">
      <div className="row spread section-head">
        <h2>{t('card.where')}</h2>
        <BeamLegend
          words={{
            won: t('card.won'),
            lost: t('card.lost'),
            target: t('card.target'),
            median: t('card.median'),
            interval: t('card.interval'),
          }}
        />
      </div>
      <p className="quiet small">{t('card.whereText')}</p>
      <div className="points">
        {card.blocks.map((block) => (
          <Fragment key={block.id}>
            <TrackRow card={card} block={block} />
            <div className="points-row points-block">
              <h3 className="points-name">{say(block.name)}</h3>
              <BlockTie beam={byItem.get(card.items.find((item) => item.block === block.id)?.id ?? '')} scale={scale} />
              <span className="points-won figure quiet">
                {score(block.points)} / {weight(blockFull(card, block))}
              </span>
            </div>
            {card.items
              .filter((item) => item.block === block.id)
              .map((item) => {
                const beam = byItem.get(item.id);
                const sure = outlook?.items.find((other) => other.item === item.id);
                return beam ? (
                  <ItemRow
                    key={item.id}
                    item={item}
                    whose={{ period: card.period, agent: card.agent.agentId }}
                    sure={sure}
                    beam={beam}
                    scale={scale}
                    openEvidence={openEvidence}
                  />
                ) : null;
              })}
          </Fragment>
        ))}
        <div className="points-row points-total">
          <b className="points-name">{t('card.total')}</b>
          <div className="points-beam">
            {card.total === null ? (
              <span className="quiet">{say(card.sentence)}</span>
            ) : (
              <Beam
                weight={Number(full)}
                won={Number(card.total)}
                scale={scale}
                tied
                total
                name={t('card.beamName', {
                  name: t('card.total'),
                  weight: weight(full),
                  points: score(card.total),
                  lost: score(String(Number(full) - Number(card.total))),
                })}
              />
            )}
          </div>
          <span className="points-won figure">
            <b>{score(card.total)}</b> <span className="quiet">/ {weight(full)}</span>
          </span>
        </div>
        <div className="points-row points-scale" aria-hidden="true">
          <span className="points-name" />
          <div className="points-beam">
            <BeamScale scale={scale} unit={t('unit.points')} />
          </div>
          <span className="points-won" />
        </div>
      </div>
    </section>
  );
}

/** The part of the total that begins with this block, out of 100. */
function TrackRow({ card, block }: { readonly card: ScorecardPage; readonly block: ScorecardPage['blocks'][number] }) {
  const { t, say } = useReader();
  const track = card.tracks.find(({ id }) => id === block.track);
  if (!track || card.blocks.find((other) => other.track === block.track) !== block) return null;
  return (
    <p className="points-track">
      <b>{say(track.name)}</b>{' '}
      <span className="figure">
        {track.score === null ? t('card.noScore') : t('card.outOf100', { score: score(track.score) })}
      </span>{' '}
      <span className="quiet">{t('card.trackShare', { weight: weight(track.weight) })}</span>
    </p>
  );
}

function BlockTie({ beam, scale }: { readonly beam: PlacedBeam | undefined; readonly scale: number }) {
  return (
    <div className="points-beam points-through">
      {beam && beam.start > 0 ? <BeamTie at={beam.start} scale={scale} /> : null}
    </div>
  );
}

function ItemRow({
  item,
  whose,
  sure,
  beam,
  scale,
  openEvidence,
}: {
  readonly item: ScorecardItem;
  readonly whose: { readonly period: string; readonly agent: string };
  readonly sure: Outlook['items'][number] | undefined;
  readonly beam: PlacedBeam;
  readonly scale: number;
  readonly openEvidence: (item: string) => void;
}) {
  const { t, say } = useReader();
  const [open, setOpen] = useState(false);
  const interval = sure?.points ?? null;
  const detail = `detail-${item.id}`;
  const name = beam.scored
    ? t('card.beamName', {
        name: say(item.name),
        weight: weight(item.effectiveWeight ?? item.weight),
        points: score(item.points),
        lost: score(item.lost),
      }) + (item.teamMedian === null ? '' : t('card.beamMedian', { median: score(item.teamMedian) }))
    : `${say(item.name)}${t('mark.colon')}${t('card.noScore')}`;
  return (
    <>
      <div className={open ? 'points-row points-open' : 'points-row'}>
        <span className="points-name">
          <Defined metric={item.metric}>{say(item.name)}</Defined>
        </span>
        <button
          type="button"
          className="points-beam points-press"
          aria-expanded={open}
          aria-controls={detail}
          onClick={() => setOpen(!open)}
        >
          <Beam
            start={beam.start}
            weight={beam.weight}
            won={beam.won}
            median={beam.median}
            interval={interval ? [beam.start + interval[0], beam.start + interval[1]] : null}
            scored={beam.scored}
            scale={scale}
            tied
            name={name}
          />
        </button>
        <span className="points-won figure">
          {item.points === null ? (
            <span className="quiet">{t('card.noScore')}</span>
          ) : (
            <>
              <b>{score(item.points)}</b> <span className="quiet">/ {weight(item.effectiveWeight ?? item.weight)}</span>
            </>
          )}
          <i className={open ? 'points-mark points-mark-open' : 'points-mark'} aria-hidden="true" />
        </span>
      </div>
      <div id={detail} hidden={!open} className="points-detail">
        {open ? (
          <ItemDetail item={item} whose={whose} sure={sure?.text ?? null} openEvidence={() => openEvidence(item.id)} />
        ) : null}
      </div>
    </>
  );
}
