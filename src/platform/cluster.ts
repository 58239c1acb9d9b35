/** A cluster, and the databases of a shard's own tables and of the whole. */
export interface Cluster {
  readonly name: string;
  readonly local: string;
  readonly all: string;
}
