import { figure } from '../i18n/formats.ts'
import { State, type StateKind } from './small.tsx'

export interface FilterCard<Id extends string> {
  readonly id: Id
  readonly kind: StateKind
  readonly title: string
  /** One line of meaning. */
  readonly meaning: string
  readonly count: number | undefined
}

/** Status cards above a list: each is a switch that filters it. */
export function FilterCards<Id extends string>({
  label,
  cards,
  selected,
  onSelect,
}: {
  readonly label: string
  readonly cards: readonly FilterCard<Id>[]
  readonly selected: Id | undefined
  readonly onSelect: (id: Id | undefined) => void
}) {
  return (
    <fieldset className="lk-cards lk-field" aria-label={label}>
      {cards.map((card) => (
        <button
          key={card.id}
          type="button"
          className="lk-card"
          aria-pressed={selected === card.id}
          onClick={() => onSelect(selected === card.id ? undefined : card.id)}
        >
          <span>
            <State kind={card.kind}>{card.title}</State>
            <small>{card.meaning}</small>
          </span>
          <span className="lk-card-figure">{card.count === undefined ? '–' : figure(card.count)}</span>
        </button>
      ))}
    </fieldset>
  )
}
