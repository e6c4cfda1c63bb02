export type RegisterFields = {
  label: string;
  privateKey: string;
  permissionId: string;
  address: string;
};

/** What is wrong with a registration, by field, as keys of the messages; empty when nothing. */
export function registerFaults(
  fields: RegisterFields,
): Partial<
  Record<
    'label' | 'privateKey' | 'permissionId',
    'labelMissing' | 'privateKeyBad' | 'permissionIdBad'
  >
> {
  return {
    ...(fields.label.trim() === '' && { label: 'labelMissing' as const }),
    ...(!/^(0x)?[0-9a-f]{64}$/i.test(fields.privateKey.trim()) && {
      privateKey: 'privateKeyBad' as const,
    }),
    ...(!/^\d$/.test(fields.permissionId.trim()) && { permissionId: 'permissionIdBad' as const }),
  };
}
