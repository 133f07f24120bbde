/** IP ranges and referrer domains of an application and of one key (A11): what they mean, and whether anyone looks. */
import { Button } from '@patternfly/react-core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ask } from '../../app/ask.ts'
import { errorText } from '../../app/refusal.ts'
import { Dialog } from '../../components/Dialog.tsx'
import { RhUiNetworkIcon } from '../../components/icons.ts'
import { Note } from '../../components/small.tsx'
import { ListEditor } from './ListEditor.tsx'
import type { ApplicationDetail, ApplicationKey } from './rows.ts'
import { examples, useListRules } from './rules.ts'
import { useListChange } from './use-list-change.ts'
import { useKeyName } from './words.tsx'

const lists = [
  { field: 'ipRanges', mode: 'ipFilter' },
  { field: 'referrers', mode: 'referrerFilter' },
] as const
type Field = (typeof lists)[number]['field']

/** One line: what the list does to a call, with the service's rule in it. */
function useMeaning(): (field: Field, application: ApplicationDetail, count: number) => string {
  const { t } = useTranslation()
  return (field, { usageRules }, count) => {
    const mode = usageRules[field === 'ipRanges' ? 'ipFilter' : 'referrerFilter']
    if (mode === 'off') return t(`applications.${field}Meaning.off`)
    if (count > 0) return t(`applications.${field}Meaning.listed`)
    return t(`applications.${field}Meaning.${mode === 'required' ? 'required' : 'open'}`)
  }
}

interface PanelProps {
  readonly application: ApplicationDetail
  readonly reason: string | undefined
}

export function FilterPanels(props: PanelProps) {
  return (
    <div className="lk-pair">
      {lists.map((list) => (
        <FilterPanel key={list.field} {...props} {...list} />
      ))}
    </div>
  )
}

function FilterPanel({ application, reason, field, mode }: PanelProps & (typeof lists)[number]) {
  const { t } = useTranslation()
  const rules = useListRules()
  const meaning = useMeaning()
  const { id, usageRules } = application
  const { busy, change } = useListChange(application, {
    field,
    send: (items) => ask.application.updateFilters.mutate({ id, [field]: items }),
    saved: t(`applications.${field}Saved`),
  })
  const items = application[field]
  const off = usageRules[mode] === 'off'
  return (
    <section className="lk-panel" aria-label={t(`applications.${field}`)}>
      <div className="lk-toolbar lk-bare">
        <h2>
          {t(`applications.${field}`)}{' '}
          <span>{t('applications.ofMax', { count: items.length, max: rules[field].max })}</span>
        </h2>
        <span className="lk-space" />
        <span className="lk-small lk-subtle">{t(`applications.mode.${usageRules[mode]}`)}</span>
      </div>
      <div className="lk-panel-body lk-filter-body">
        <ListEditor
          label={t(`applications.${field}Add`)}
          labelHidden
          items={items}
          rule={rules[field]}
          placeholder={examples[field]}
          reason={reason}
          addReason={off ? t('applications.filterOff') : undefined}
          busy={busy}
          onChange={(next) => void change(next)}
        />
        {!off && <p className="lk-help">{meaning(field, application, items.length)}</p>}
      </div>
    </section>
  )
}

/** The lists of one key: a call with this key must match them and the application's. */
export function KeyFilters({
  application,
  item,
  onClose,
}: {
  readonly application: ApplicationDetail
  readonly item: ApplicationKey
  readonly onClose: () => void
}) {
  const { t } = useTranslation()
  const rules = useListRules()
  const keyName = useKeyName()
  const [kept, setKept] = useState({ ipRanges: item.ipRanges, referrers: item.referrers })
  const [busy, setBusy] = useState(false)
  const [failure, setFailure] = useState<unknown>()

  /** Each change is one command, so that the dialog never shows what is not so. */
  async function change(field: Field, next: readonly string[]): Promise<void> {
    setBusy(true)
    setFailure(undefined)
    try {
      await ask.application.updateKeyFilters.mutate({ id: application.id, keyId: item.id, [field]: [...next] })
      setKept({ ...kept, [field]: [...next] })
    } catch (error) {
      setFailure(error)
    } finally {
      setBusy(false)
    }
  }

  return (
    <Dialog
      title={t('applications.keyFilters')}
      subject={`${application.name} · ${keyName(item)}`}
      icon={RhUiNetworkIcon}
      onClose={onClose}
      buttons={
        <Button variant="primary" onClick={onClose}>
          {t('common.close')}
        </Button>
      }
    >
      <p>{t('applications.keyFiltersText')}</p>
      {lists.map(({ field, mode }) => (
        <ListEditor
          key={field}
          label={t(`applications.${field}`)}
          hint={t('applications.ofMax', { count: kept[field].length, max: rules[field].max })}
          items={kept[field]}
          rule={rules[field]}
          placeholder={examples[field]}
          addReason={application.usageRules[mode] === 'off' ? t('applications.filterOff') : undefined}
          busy={busy}
          onChange={(next) => void change(field, next)}
        />
      ))}
      {failure !== undefined && <Note kind="failed" title={errorText(failure)} />}
    </Dialog>
  )
}
