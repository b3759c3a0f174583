using System.Reflection;
using System.Runtime.InteropServices;

namespace Orchestrator.LlamaCpp.Native;

/// <summary>Loads the libraries once for the process and refuses those of another version before anything else is called.</summary>
static unsafe partial class LlamaLibrary
{
    static LibraryFiles? _files;

    /// <summary>The version the library gives itself. Called under the runtime's lock, once with success.</summary>
    /// <exception cref="LlamaRuntimeException">The libraries cannot be loaded or are of another version.</exception>
    public static string Load(LibraryFiles files)
    {
        // Read by the libraries' static initialisers: without it an abort starts a debugger to print a backtrace.
        if (!OperatingSystem.IsWindows())
            _ = SetEnvironmentVariable("GGML_NO_BACKTRACE", "1", 1);
        var version = ReadVersion(files);
        if (_files is null)
            NativeLibrary.SetDllImportResolver(typeof(LlamaLibrary).Assembly, Resolve);
        _files = files;
        if ((LibraryVersion.Mismatch(LlamaApi.ModelDefaultParams(), LlamaApi.ContextDefaultParams())
                ?? LibraryVersion.Mismatch(LlamaApi.QuantizeDefaultParams()) ?? LibraryVersion.Mismatch(GraphTensor.Probe(), GgmlApi.TensorOverhead())) is { } reason)
            throw new LlamaRuntimeException($"{reason} Folder: '{files.Directory}'.");
        return version;
    }

    static string ReadVersion(LibraryFiles files)
    {
        nint library;
        try
        {
            library = NativeLibrary.Load(files.Llama);
        }
        catch (Exception exception) when (exception is DllNotFoundException or BadImageFormatException)
        {
            throw new LlamaRuntimeException($"'{files.Llama}' cannot be loaded: {exception.Message}", exception);
        }
        var version = NativeLibrary.TryGetExport(library, "llama_version", out var entry)
            ? Marshal.PtrToStringUTF8(((delegate* unmanaged[Cdecl]<nint>)entry)())
            : null;
        if (LibraryVersion.Mismatch(version, files.Directory) is { } reason)
        {
            NativeLibrary.Free(library);
            throw new LlamaRuntimeException(reason);
        }
        return version!;
    }

    static nint Resolve(string name, Assembly assembly, DllImportSearchPath? searchPath) => name switch
    {
        LlamaApi.Library => NativeLibrary.Load(_files!.Llama),
        GgmlApi.Registry => NativeLibrary.Load(_files!.Ggml),
        GgmlApi.Base => NativeLibrary.Load(_files!.GgmlBase),
        _ => 0,
    };

    // The runtime's own setter does not reach the C library's environment.
    [LibraryImport("libc", EntryPoint = "setenv", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int SetEnvironmentVariable(string name, string value, int overwrite);
}
