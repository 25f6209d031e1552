/** The NTSTATUS values that complete I/O here, as OVERLAPPED.Internal holds them (ntstatus.h). */
export const NTSTATUS = {
  SUCCESS: 0,
  PENDING: 0x103,
  BUFFER_OVERFLOW: 0x80000005,
  ACCESS_VIOLATION: 0xc0000005,
  INVALID_HANDLE: 0xc0000008,
  INVALID_PARAMETER: 0xc000000d,
  INVALID_DEVICE_REQUEST: 0xc0000010,
  END_OF_FILE: 0xc0000011,
  BUFFER_TOO_SMALL: 0xc0000023,
  NOT_SUPPORTED: 0xc00000bb,
  CANCELLED: 0xc0000120,
  NOT_FOUND: 0xc0000225,
  LOCAL_DISCONNECT: 0xc000013b,
  INVALID_DEVICE_STATE: 0xc0000184,
  DATATYPE_MISALIGNMENT: 0x80000002,
  CONNECTION_INVALID: 0xc000023a,
} as const;

const WIN32: ReadonlyMap<number, number> = new Map([
  [NTSTATUS.SUCCESS, 0],
  [NTSTATUS.PENDING, 997],
  [NTSTATUS.BUFFER_OVERFLOW, 234],
  [NTSTATUS.ACCESS_VIOLATION, 998],
  [NTSTATUS.INVALID_HANDLE, 6],
  [NTSTATUS.INVALID_PARAMETER, 87],
  [NTSTATUS.INVALID_DEVICE_REQUEST, 1],
  [NTSTATUS.END_OF_FILE, 38],
  [NTSTATUS.BUFFER_TOO_SMALL, 122],
  [NTSTATUS.NOT_SUPPORTED, 50],
  [NTSTATUS.CANCELLED, 995],
  [NTSTATUS.NOT_FOUND, 1168],
  [NTSTATUS.LOCAL_DISCONNECT, 64],
  [NTSTATUS.INVALID_DEVICE_STATE, 22],
  [NTSTATUS.DATATYPE_MISALIGNMENT, 998],
  [NTSTATUS.CONNECTION_INVALID, 1229],
]);

/** RtlNtStatusToDosError, for the values above; another gives ERROR_MR_MID_NOT_FOUND (317), as there. */
export function win32ErrorOf(status: number): number {
  return WIN32.get(status) ?? 317;
}

/** NT_SUCCESS: warnings such as STATUS_BUFFER_OVERFLOW are none. */
export function isSuccess(status: number): boolean {
  return (status | 0) >= 0;
}

/** NT_ERROR: the call failed and nothing will complete; a warning still completes. */
export function isError(status: number): boolean {
  return status >>> 30 === 3;
}
