import { createContext, useContext } from 'react';
import type { TriedDraft } from '../../scores/draftSchemas.ts';

const context = createContext<TriedDraft['curves']>({});
export const CurvesProvider = context.Provider;

/** What each item's target and attainment give, as points to draw. */
export const useCurves = (): TriedDraft['curves'] => useContext(context);
