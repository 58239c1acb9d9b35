/** Metrics that a model measures in what was said: wherever they are shown, its version and its known error are too. */
export const modelledMetrics: readonly string[] = ['sentiment_index', 'negative_word_ratio', 'personalisation_index'];
