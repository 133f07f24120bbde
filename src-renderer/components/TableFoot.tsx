import { useTranslation } from 'react-i18next'
import { figure } from '../i18n/formats.ts'
import { useView } from '../state/view.ts'
import type { RowAction } from './data-table.ts'
import { Kbd } from './Kbd.tsx'

/** Range, order and the keys that work here. */
export function TableFoot({
  first,
  last,
  total,
  sortedBy,
  select,
  keys,
  visible,
}: {
  readonly first: number
  readonly last: number
  readonly total: number
  readonly sortedBy: string
  readonly select: boolean
  readonly keys: readonly RowAction[]
  readonly visible: boolean
}) {
  const { t } = useTranslation()
  const singleKeys = useView((view) => view.singleKeys)
  if (!visible || total < 8) return null
  return (
    <div className="lk-table-foot">
      <span>
        {t('common.range', { first: figure(first + 1), last: figure(Math.min(last + 1, total)), total: figure(total) })}
      </span>
      {sortedBy !== '' && (
        <>
          <span aria-hidden="true">{'·'}</span>
          <span>{t('common.sortedBy', { column: sortedBy })}</span>
        </>
      )}
      {singleKeys && (
        <span className="lk-keys">
          <span className="lk-row">
            <Kbd keys="j k" />
            {t('common.keyMove')}
          </span>
          {select && (
            <span className="lk-row">
              <Kbd keys="Space" />
              {t('common.keySelect')}
            </span>
          )}
          {keys
            .filter((action) => action.keys !== undefined)
            .slice(0, 3)
            .map((action) => (
              <span key={action.id} className="lk-row">
                <Kbd keys={action.keys ?? ''} />
                {t(action.titleKey)}
              </span>
            ))}
          <span className="lk-row">
            <Kbd keys="?" />
            {t('common.keyAll')}
          </span>
        </span>
      )}
    </div>
  )
}
