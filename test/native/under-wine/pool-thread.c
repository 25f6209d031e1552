/* A stand-in for wininet.dll whose handle values, callbacks and moments the test chooses. */
#include <windows.h>

#define EXPORT __declspec(dllexport)
#define HANDLE_CLOSING 70
#define REQUEST_COMPLETE 100

typedef ULONGLONG Handle;
typedef void (CALLBACK *Callback)(Handle, ULONGLONG, DWORD, void *, DWORD);

static Callback callback;
static Handle next_handle = 1;
static ULONGLONG contexts[16];
static HANDLE gate;

BOOL WINAPI DllMain(HINSTANCE instance, DWORD reason, void *reserved)
{
    if (reason == DLL_PROCESS_ATTACH) gate = CreateEventW(NULL, TRUE, TRUE, NULL);
    return TRUE;
}

static Handle made(ULONGLONG context)
{
    Handle handle = next_handle++;
    contexts[handle] = context;
    return handle;
}

EXPORT Handle WINAPI InternetOpenW(void *agent, DWORD access, void *proxy, void *bypass, DWORD flags) { return made(0); }

EXPORT Handle WINAPI InternetConnectW(Handle session, void *host, WORD port, void *user, void *password, DWORD service, DWORD flags, ULONGLONG context) { return made(context); }

EXPORT Handle WINAPI HttpOpenRequestW(Handle connection, void *verb, void *object, void *version, void *referrer, void *types, DWORD flags, ULONGLONG context) { return made(context); }

EXPORT Callback WINAPI InternetSetStatusCallbackW(Handle handle, Callback given)
{
    callback = given;
    return NULL;
}

EXPORT BOOL WINAPI InternetCloseHandle(Handle handle)
{
    if (contexts[handle] != 0) callback(handle, contexts[handle], HANDLE_CLOSING, &handle, sizeof handle);
    return TRUE;
}

/* Both return when the gate is open, and leave ERROR_IO_PENDING on their thread. */
static BOOL pend(void)
{
    WaitForSingleObject(gate, INFINITE);
    SetLastError(ERROR_IO_PENDING);
    return FALSE;
}

EXPORT BOOL WINAPI InternetReadFile(Handle handle, void *buffer, DWORD size, DWORD *read) { return pend(); }

EXPORT BOOL WINAPI FtpDeleteFileW(Handle handle, void *name) { return pend(); }

EXPORT void SetGate(DWORD open) { if (open) SetEvent(gate); else ResetEvent(gate); }

/* The next handles get this value and those that follow it. */
EXPORT void GiveOut(Handle handle) { next_handle = handle; }

EXPORT void Complete(Handle handle)
{
    ULONGLONG result[2] = { 1, 0 };
    callback(handle, contexts[handle], REQUEST_COMPLETE, result, sizeof result);
}
