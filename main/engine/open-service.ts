import type { ClusterService } from '../../shared/model/cluster.ts';
import type { SourceConnection, SourceDriver } from '../sources/contract.ts';

/** An open service with the driver it came from. */
export interface OpenService {
  readonly service: ClusterService;
  readonly driver: SourceDriver;
  readonly connection: SourceConnection;
  /** As archive names have it: `Kafka`, or `Kafka-<service>` where the cluster has several of the kind. */
  readonly dataSource: string;
}
