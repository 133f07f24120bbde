import { Button } from '@patternfly/react-core'
import { useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { Dialog } from '../../components/Dialog.tsx'
import { RhUiQuestionMarkCircleIcon } from '../../components/icons.ts'
import { Kbd } from '../../components/Kbd.tsx'
import { setView, useView } from '../../state/view.ts'
import { useActionContext } from '../frame/use-frame-actions.ts'
import { actionGroups, actionsOf, useRegistry } from './registry.ts'

/** The "?" sheet: every key that works here, from the registry. */
export function KeySheet() {
  const { t } = useTranslation()
  const context = useActionContext()
  const registry = useRegistry()
  const singleKeys = useView((view) => view.singleKeys)
  const invoker = useRef(document.activeElement)
  const close = () => {
    setView({ keySheetOpen: false })
    if (invoker.current instanceof HTMLElement) invoker.current.focus()
  }
  const actions = actionsOf(registry).filter((action) => action.keys !== undefined && !action.hidden?.(context))
  return (
    <Dialog
      title={t('frame.keySheet')}
      icon={RhUiQuestionMarkCircleIcon}
      width={640}
      onClose={close}
      note={t(singleKeys ? 'frame.singleKeysOn' : 'frame.singleKeysOff')}
      buttons={
        <Button variant="primary" onClick={close}>
          {t('common.close')}
        </Button>
      }
    >
      {actionGroups.map((group) => {
        const own = actions.filter((action) => action.group === group)
        if (own.length === 0) return null
        return (
          <section key={group}>
            <h3 className="lk-menu-title">{t(`frame.actions.${group}`)}</h3>
            <dl className="lk-keysheet">
              {own.map((action) => (
                <div key={action.id}>
                  <dt>{t(action.titleKey, { ...action.titleValues })}</dt>
                  <dd>
                    <Kbd keys={action.keys ?? ''} />
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        )
      })}
      <section>
        <h3 className="lk-menu-title">{t('frame.inLists')}</h3>
        <dl className="lk-keysheet">
          {(['ArrowUp ArrowDown', 'Space', 'Enter'] as const).map((keys, index) => (
            <div key={keys}>
              <dt>{t((['common.keyMove', 'common.keySelect', 'common.keyOpen'] as const)[index] ?? '')}</dt>
              <dd>
                <Kbd keys={keys} />
              </dd>
            </div>
          ))}
        </dl>
      </section>
    </Dialog>
  )
}
