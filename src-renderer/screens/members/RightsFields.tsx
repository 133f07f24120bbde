import { useId } from 'react'
import { useTranslation } from 'react-i18next'
import { roles, type Section, sections } from '../../../shared/domain/member.ts'
import { Options, Segments } from '../../components/form/Options.tsx'
import { RhUiCloseIcon } from '../../components/icons.ts'
import { MenuButton } from '../../components/Menu.tsx'
import { Note, Tag } from '../../components/small.tsx'
import { collator } from '../../i18n/formats.ts'
import { type AccessMode, accessModes, lacksServices, type Rights } from './rights.ts'
import type { Services } from './use-services.ts'

/** Role, sections with what each opens, services: in the drawer and in an invitation. */
export function RightsFields({
  rights,
  services,
  disabled = false,
  onChange,
}: {
  readonly rights: Rights
  readonly services: Services
  /** Shown as they are; why they cannot be changed is said beside them. */
  readonly disabled?: boolean
  readonly onChange: (rights: Rights) => void
}) {
  const { t } = useTranslation()
  return (
    <fieldset className="lk-rights" disabled={disabled}>
      <legend className="lk-sr">{t('members.rights')}</legend>
      <div className="lk-role">
        <Segments
          label={t('members.role')}
          name="role"
          chosen={rights.role}
          options={roles.map((value) => ({ value, title: t(`common.role.${value}`) }))}
          onChange={(role) => onChange({ ...rights, role })}
        />
      </div>
      {rights.role === 'admin' ? (
        <p className="lk-subtle">{t('members.adminHolds')}</p>
      ) : (
        <>
          <Options<Section>
            label={t('members.sections')}
            name="sections"
            many
            chosen={rights.sections}
            options={sections.map((value) => ({
              value,
              title: t(`common.section.${value}`),
              meaning: t(`members.meaning.${value}`),
            }))}
            onChange={(chosen) =>
              onChange({ ...rights, sections: sections.filter((section) => chosen.includes(section)) })
            }
          />
          <Access rights={rights} services={services} disabled={disabled} onChange={onChange} />
        </>
      )}
    </fieldset>
  )
}

function Access({
  rights,
  services,
  disabled,
  onChange,
}: {
  readonly rights: Rights
  readonly services: Services
  readonly disabled: boolean
  readonly onChange: (rights: Rights) => void
}) {
  const { t } = useTranslation()
  const group = useId()
  const { mode } = rights
  const title = (value: AccessMode) => t(`members.modes.${value}`)
  const sorted = rights.services
    .map((id) => ({ id, name: services.names.get(id) ?? t('members.otherService') }))
    .toSorted((one, other) => collator().compare(one.name, other.name))
  const more = services.all.filter(({ id }) => !rights.services.includes(id))
  return (
    <fieldset className="lk-field">
      <legend>{t('members.services')}</legend>
      <div className="lk-options">
        {accessModes.map((value) => (
          <div key={value} className="lk-option">
            <input
              type="radio"
              id={`${group}-${value}`}
              name={group}
              checked={mode === value}
              onChange={() => onChange({ ...rights, mode: value })}
            />
            <div>
              <label htmlFor={`${group}-${value}`}>{title(value)}</label>
              {value === 'some' && mode === 'some' && (
                <div className="lk-chosen-services">
                  {sorted.map(({ id, name }) =>
                    disabled ? (
                      <Tag key={id}>{name}</Tag>
                    ) : (
                      <span key={id} className="lk-chip">
                        {name}
                        <button
                          type="button"
                          className="lk-icon-button"
                          aria-label={t('members.removeService', { name })}
                          onClick={() =>
                            onChange({ ...rights, services: rights.services.filter((other) => other !== id) })
                          }
                        >
                          <RhUiCloseIcon />
                        </button>
                      </span>
                    ),
                  )}
                  {!disabled && more.length > 0 && (
                    <MenuButton
                      label={t('members.addServiceLabel')}
                      className="lk-link lk-add"
                      items={more.map(({ id, name, systemName }) => ({
                        id,
                        title: name,
                        detail: systemName,
                        run: () => onChange({ ...rights, services: [...rights.services, id] }),
                      }))}
                    >
                      {t('members.addService')}
                    </MenuButton>
                  )}
                </div>
              )}
            </div>
          </div>
        ))}
      </div>
      {lacksServices(rights.sections, mode === 'all' ? 'all' : mode === 'some' ? rights.services : []) && (
        <div className="lk-needs-service">
          <Note title={t('members.needsService')} />
        </div>
      )}
    </fieldset>
  )
}
