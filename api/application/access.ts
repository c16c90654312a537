// Who may do what: one table, default-deny, asked by every use case.
import { refused, type Refusal } from '../domain/errors.ts';

export const ROLES = ['coordinator', 'service-owner', 'auditor', 'admin'] as const;
export type Role = (typeof ROLES)[number];

/** The person behind a request. */
export interface Actor {
  readonly name: string;
  readonly displayName: string;
  readonly roles: readonly Role[];
}

/** `own`: only for services that the person owns or is deputy of. */
type Grant = 'all' | 'own';

const MATRIX = {
  'services.see': { coordinator: 'all', 'service-owner': 'all', auditor: 'all', admin: 'all' },
  'runbooks.see': { coordinator: 'all', 'service-owner': 'own', auditor: 'all', admin: 'all' },
  'runbooks.edit': { coordinator: 'all', 'service-owner': 'own' },
  'runbooks.approve': { coordinator: 'all', 'service-owner': 'own' },
  'drills.see': { coordinator: 'all', 'service-owner': 'own', auditor: 'all', admin: 'all' },
  'drills.output': { coordinator: 'all', 'service-owner': 'own', auditor: 'all' },
  'drills.request': { coordinator: 'all', 'service-owner': 'own' },
  'drills.approve': { coordinator: 'all', 'service-owner': 'own' },
  'drills.control': { coordinator: 'all' },
  'drills.stop-all': { coordinator: 'all', admin: 'all' },
  'drills.confirm': { coordinator: 'all', 'service-owner': 'own' },
  'drills.abort': { coordinator: 'all', 'service-owner': 'own', admin: 'all' },
  'drills.comment': { coordinator: 'all', 'service-owner': 'own', auditor: 'all' },
  'schedules.see': { coordinator: 'all', 'service-owner': 'all', auditor: 'all', admin: 'all' },
  'schedules.edit': { coordinator: 'all', 'service-owner': 'own' },
  'closings.edit': { coordinator: 'all', 'service-owner': 'own' },
  'drills.preflight': { coordinator: 'all', 'service-owner': 'own', admin: 'all' },
  'hosts.see': { coordinator: 'all', auditor: 'all', admin: 'all' },
  'hosts.check': { coordinator: 'all', admin: 'all' },
  'hosts.pin': { admin: 'all' },
  'storage.see': { coordinator: 'all', 'service-owner': 'all', auditor: 'all', admin: 'all' },
  'people.manage': { admin: 'all' },
} as const satisfies Record<string, Partial<Record<Role, Grant>>>;

export type Operation = keyof typeof MATRIX;

/** What an operation is done to: the people who own the services concerned. Leave it out when no service is concerned. */
export interface Subject {
  readonly owners: readonly (string | null)[];
}

/** Null when the actor may; otherwise the refusal to hand on. */
export function deny(actor: Actor | null, operation: Operation, subject?: Subject): Refusal | null {
  if (actor === null) return refused('UNAUTHENTICATED', 'You are not signed in. Sign in and try again.').refusal;
  const row: Partial<Record<Role, Grant>> = MATRIX[operation];
  for (const role of actor.roles) {
    const grant = row[role];
    if (grant === 'all') return null;
    if (grant === 'own' && subject?.owners.includes(actor.name)) return null;
  }
  const allowed = ROLES.filter((role) => row[role] !== undefined).join(', ');
  return refused('FORBIDDEN', `Your roles (${actor.roles.join(', ') || 'none'}) do not allow this. It takes one of: ${allowed}.`).refusal;
}

export function may(actor: Actor | null, operation: Operation, subject?: Subject): boolean {
  return deny(actor, operation, subject) === null;
}
