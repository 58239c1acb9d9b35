import { type Draw, shuffled } from '../../metrics/seededDraws.ts';

export interface Inspector {
  readonly id: string;
  /** The agent the inspector is, where they are one. */
  readonly agentId: string | null;
  /** Teams they belong to or lead: these they do not inspect. */
  readonly ownTeams: readonly string[];
  /** Teams and shops they may see; null: all. */
  readonly teams: readonly string[] | null;
  readonly shops: readonly string[] | null;
}

export interface Place {
  readonly agentId: string;
  readonly team: string;
  readonly shop: string;
}

/** Whether somebody may judge work of this place: within their scope, neither their own nor their own team's. */
export function mayInspect({ agentId, ownTeams, teams, shops }: Inspector, place: Place): boolean {
  if (agentId !== null && agentId === place.agentId) return false;
  if (place.team !== '' && ownTeams.includes(place.team)) return false;
  return (teams === null || teams.includes(place.team)) && (shops === null || shops.includes(place.shop));
}

/** Gives each to an inspector who may do it and has least to do, ties by lot; null where nobody may. In the order of `places`. */
export function assign(places: readonly Place[], inspectors: readonly Inspector[], draw: Draw): (string | null)[] {
  const load = new Map(inspectors.map(({ id }) => [id, 0]));
  const order = shuffled(
    places.map((_, i) => i),
    draw,
  );
  const given: (string | null)[] = places.map(() => null);
  for (const i of order) {
    const place = places[i];
    if (!place) continue;
    const able = shuffled(
      inspectors.filter((inspector) => mayInspect(inspector, place)),
      draw,
    );
    const [first] = able.sort((a, b) => (load.get(a.id) ?? 0) - (load.get(b.id) ?? 0));
    if (!first) continue;
    given[i] = first.id;
    load.set(first.id, (load.get(first.id) ?? 0) + 1);
  }
  return given;
}
