import type { ServiceRow } from '../../app/rows.ts'

export type Metric = ServiceRow['metrics'][number]
export type Plan = ServiceRow['plans'][number]

/** Each metric followed by its methods. */
export function metricTree(metrics: readonly Metric[]): readonly Metric[] {
  return metrics
    .filter(({ parentId }) => parentId === undefined)
    .flatMap((metric) => [metric, ...metrics.filter(({ parentId }) => parentId === metric.id)])
}

/** What would go with a metric: its methods, and the limits on it and on them. */
export function dependentsOf(
  { metrics, plans }: Pick<ServiceRow, 'metrics' | 'plans'>,
  { id }: Metric,
): { readonly methods: number; readonly limits: number } {
  const below = metrics.filter(({ parentId }) => parentId === id).map((method) => method.id)
  const gone = new Set([id, ...below])
  const limits = plans.flatMap((plan) => plan.limits).filter(({ metricId }) => gone.has(metricId)).length
  return { methods: below.length, limits }
}
