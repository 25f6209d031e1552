/* A stand-in for httpapi.dll with one export of its real signature: it reports exactly what it was given. */
#include <winsock2.h>
#include <windows.h>
#define HTTPAPI_LINKAGE __declspec(dllexport)
#include <http.h>

static HANDLE last_queue;
static ULONGLONG last_id;
static LPOVERLAPPED last_overlapped;

static DWORD WINAPI complete_later(LPVOID parameter)
{
    LPOVERLAPPED overlapped = parameter;
    Sleep(50);
    overlapped->InternalHigh = 0;
    overlapped->Internal = 0;
    SetEvent(overlapped->hEvent);
    return 0;
}

/* An id whose high half is 0xE0000000 is answered with its low half. */
ULONG WINAPI HttpCancelHttpRequest(HANDLE queue, HTTP_REQUEST_ID id, LPOVERLAPPED overlapped)
{
    last_queue = queue;
    last_id = id;
    last_overlapped = overlapped;
    if ((id >> 32) == 0xE0000000u) return (ULONG)id;
    if (overlapped == NULL) return NO_ERROR;
    overlapped->Internal = 0x103;
    CloseHandle(CreateThread(NULL, 0, complete_later, overlapped, 0, NULL));
    return ERROR_IO_PENDING;
}

__declspec(dllexport) ULONGLONG LastQueue(void) { return (ULONGLONG)(ULONG_PTR)last_queue; }
__declspec(dllexport) ULONGLONG LastId(void) { return last_id; }
__declspec(dllexport) ULONGLONG LastOverlapped(void) { return (ULONGLONG)(ULONG_PTR)last_overlapped; }
