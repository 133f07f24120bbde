/** Where a found object is shown. One line a collection; a screen adds its line when it is there. */
import type { ComponentType } from 'react'
import type { CollectionName } from '../../../shared/domain/collections.ts'
import type { Action as Right } from '../../../shared/domain/permission.ts'
import type { Hit } from '../../../shared/protocol/queries.ts'
import {
  RhUiApplicationsIcon,
  RhUiCubesIcon,
  RhUiEnterpriseIcon,
  RhUiKeyIcon,
  RhUiUsersIcon,
} from '../../components/icons.ts'

interface Place {
  readonly icon: ComponentType
  readonly to: (hit: Hit) => string
  readonly needs?: Right
}

const places: Partial<Record<CollectionName, Place>> = {
  accessToken: { icon: RhUiKeyIcon, to: ({ id }) => `/tokens/${id}` },
  account: { icon: RhUiEnterpriseIcon, to: ({ id }) => `/accounts/${id}`, needs: 'account.view' },
  application: { icon: RhUiApplicationsIcon, to: ({ id }) => `/applications/${id}`, needs: 'application.view' },
  member: { icon: RhUiUsersIcon, to: ({ id }) => `/members/${id}`, needs: 'member.view' },
  service: { icon: RhUiCubesIcon, to: ({ id }) => `/services/${id}`, needs: 'service.view' },
}

/** The hit with its place, or undefined where no screen shows it or the person may not see it. */
export function hitTarget(
  hit: Hit,
  may: (right: Right) => boolean,
): { readonly hit: Hit; readonly icon: ComponentType; readonly to: string } | undefined {
  const place = places[hit.collection]
  if (!place || (place.needs !== undefined && !may(place.needs))) return undefined
  return { hit, icon: place.icon, to: place.to(hit) }
}
