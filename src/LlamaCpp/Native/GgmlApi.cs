using System.Runtime.InteropServices;

namespace Orchestrator.LlamaCpp.Native;

/// <summary>The few functions called in the libraries below llama: the backend registry, the devices and the abort hook.</summary>
static unsafe partial class GgmlApi
{
    public const string Registry = "ggml";
    public const string Base = "ggml-base";

    [LibraryImport(Registry, EntryPoint = "ggml_backend_load_all_from_path", StringMarshalling = StringMarshalling.Utf8)]
    public static partial void LoadBackends(string directory);

    [LibraryImport(Registry, EntryPoint = "ggml_backend_dev_count")]
    public static partial nuint DeviceCount();

    [LibraryImport(Registry, EntryPoint = "ggml_backend_dev_get")]
    public static partial nint Device(nuint index);

    [LibraryImport(Base, EntryPoint = "ggml_backend_dev_name")]
    public static partial byte* DeviceName(nint device);

    [LibraryImport(Base, EntryPoint = "ggml_backend_dev_description")]
    public static partial byte* DeviceDescription(nint device);

    [LibraryImport(Base, EntryPoint = "ggml_backend_dev_memory")]
    public static partial void DeviceMemory(nint device, nuint* free, nuint* total);

    [LibraryImport(Base, EntryPoint = "ggml_backend_dev_type")]
    public static partial int DeviceType(nint device);

    [LibraryImport(Base, EntryPoint = "ggml_set_abort_callback")]
    public static partial nint SetAbortCallback(delegate* unmanaged[Cdecl]<byte*, void> callback);
}
