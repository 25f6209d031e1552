/** The NTSTATUS values that http.sys gives where the API gives a Win32 error (ntstatus.h, RtlNtStatusToDosError). */
const WIN32: ReadonlyMap<number, number> = new Map([
  [0xc000000d, 87], [0xc0000022, 5], [0xc0000035, 183], [0xc0000043, 32], [0xc0000120, 995], [0xc0000034, 2], [0xc0000033, 123], [0xc000009a, 1450],
]);

/** The Win32 error of an NTSTATUS; a value that is none, or not known here, as it is. */
export function win32Error(status: number): number {
  return WIN32.get(status >>> 0) ?? status >>> 0;
}
