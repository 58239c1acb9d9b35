/**
 * A customer who comes back less than this after the close rejoins the session (G3): after the last message where Heng cuts sessions, and
 * where metrics join those that the source cut.
 */
export const rejoinMs = 600_000;
