/** Search or run a command: the registry's actions, and objects by name, id or exact secret (kept in this state only). */
import { Modal } from '@patternfly/react-core'
import { useQuery } from '@tanstack/react-query'
import { Command } from 'cmdk'
import { useDeferredValue, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { RhUiLockIcon, RhUiSearchIcon } from '../../components/icons.ts'
import { Kbd } from '../../components/Kbd.tsx'
import { setView } from '../../state/view.ts'
import { trpc } from '../ask.ts'
import { useActionContext } from '../frame/use-frame-actions.ts'
import { useMay } from '../person.ts'
import { hitTarget } from './hits.ts'
import { Marked, matches } from './match.tsx'
import { type Action, actionGroups, actionsOf, useRegistry } from './registry.ts'

export function Palette() {
  const { t } = useTranslation()
  const context = useActionContext()
  const may = useMay()
  const registry = useRegistry()
  const [text, setText] = useState('')
  const asked = useDeferredValue(text.trim())
  const invoker = useRef(document.activeElement)
  const body = useRef<HTMLDivElement>(null)

  const hits = useQuery({
    ...trpc.find.queryOptions({ text: asked }),
    enabled: asked.length > 1,
    // What was typed may be a secret: it leaves the cache with the palette.
    gcTime: 0,
  })
  const close = () => {
    setView({ paletteOpen: false })
    if (invoker.current instanceof HTMLElement) invoker.current.focus()
  }
  useEffect(() => {
    const away = (event: PointerEvent) => {
      if (event.target instanceof Node && !body.current?.contains(event.target)) setView({ paletteOpen: false })
    }
    document.addEventListener('pointerdown', away)
    return () => document.removeEventListener('pointerdown', away)
  }, [])

  const title = (action: Action) => t(action.titleKey, { ...action.titleValues })
  const actions = actionsOf(registry).filter(
    (action) =>
      !action.keysOnly &&
      !action.hidden?.(context) &&
      matches(text, `${title(action)} ${action.about ?? ''} ${action.words ?? ''}`),
  )
  const found = (hits.data ?? []).flatMap((hit) => hitTarget(hit, may) ?? [])

  return (
    <Modal
      isOpen
      width={680}
      position="top"
      positionOffset="104px"
      aria-label={t('frame.search')}
      className="lk-palette"
      onEscapePress={close}
    >
      <div ref={body} style={{ display: 'contents' }}>
        <Command shouldFilter={false} label={t('frame.search')} loop>
          <div className="lk-palette-head">
            <RhUiSearchIcon />
            <Command.Input
              autoFocus
              value={text}
              onValueChange={setText}
              placeholder={t('frame.search')}
              maxLength={512}
              spellCheck={false}
            />
          </div>
          <Command.List label={t('frame.results')}>
            <Command.Empty>
              <p className="lk-empty">{t('frame.nothingFound')}</p>
            </Command.Empty>
            {found.length > 0 && (
              <Command.Group heading={t('frame.found')}>
                {found.map(({ hit, icon: Icon, to }) => (
                  <Command.Item
                    key={`${hit.collection}/${hit.id}`}
                    value={`${hit.collection}/${hit.id}`}
                    onSelect={() => {
                      setView({ paletteOpen: false })
                      context.navigate(to)
                    }}
                  >
                    <Icon />
                    <span className="lk-ellipsis">
                      <Marked text={hit.name} part={text} />
                    </span>
                    <span className="lk-subtle lk-ellipsis">{hit.detail}</span>
                    {hit.bySecret && <span className="lk-tag">{t('frame.bySecret')}</span>}
                  </Command.Item>
                ))}
              </Command.Group>
            )}
            {actionGroups.map((group) => {
              const own = actions.filter((action) => action.group === group)
              if (own.length === 0) return null
              return (
                <Command.Group key={group} heading={t(`frame.actions.${group}`)}>
                  {own.map((action) => {
                    const Icon = action.icon ?? RhUiSearchIcon
                    const reason = action.reason?.(context)
                    return (
                      <Command.Item
                        key={action.id}
                        value={action.id}
                        aria-disabled={reason !== undefined}
                        {...(reason !== undefined && { 'data-unusable': '' })}
                        onSelect={() => {
                          if (reason !== undefined) return
                          close()
                          action.run(context)
                        }}
                      >
                        <Icon />
                        <span>
                          <Marked text={title(action)} part={text} />
                        </span>
                        {action.about && <span className="lk-subtle lk-ellipsis">{action.about}</span>}
                        <span className="lk-space" />
                        {reason !== undefined ? (
                          <span className="lk-palette-why">
                            <RhUiLockIcon />
                            {reason}
                          </span>
                        ) : (
                          action.keys && <Kbd keys={action.keys} />
                        )}
                      </Command.Item>
                    )
                  })}
                </Command.Group>
              )
            })}
          </Command.List>
          <div className="lk-palette-foot">
            <Kbd keys="ArrowUp ArrowDown" />
            {t('frame.keyMove')}
            <Kbd keys="Enter" />
            {t('frame.keyRun')}
            <Kbd keys="Escape" />
            {t('frame.keyClose')}
            <span className="lk-space" />
            <span className="lk-optional">{t('frame.pasteHint')}</span>
          </div>
        </Command>
      </div>
    </Modal>
  )
}
