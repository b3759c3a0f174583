using System.Runtime.InteropServices;

namespace Orchestrator.LlamaCpp.Native;

/// <summary>The few functions called in the libraries below llama: the backend registry, the devices, the abort hook and the nodes of a graph.</summary>
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

    /// <summary>From wherever the tensor lies; aborts beyond its end.</summary>
    /// <param name="offset">Bytes.</param>
    [LibraryImport(Base, EntryPoint = "ggml_backend_tensor_get")]
    public static partial void TensorGet(GraphTensor* tensor, void* data, nuint offset, nuint size);

    /// <inheritdoc cref="TensorGet"/>
    [LibraryImport(Base, EntryPoint = "ggml_backend_tensor_set")]
    public static partial void TensorSet(GraphTensor* tensor, void* data, nuint offset, nuint size);

    [LibraryImport(Base, EntryPoint = "ggml_init")]
    public static partial nint GraphInit(GraphParams parameters);

    [LibraryImport(Base, EntryPoint = "ggml_free")]
    public static partial void GraphFree(nint graph);

    /// <summary>Bytes that a graph needs for each of its tensors.</summary>
    [LibraryImport(Base, EntryPoint = "ggml_tensor_overhead")]
    public static partial nuint TensorOverhead();

    [LibraryImport(Base, EntryPoint = "ggml_new_tensor_2d")]
    public static partial GraphTensor* NewTensor(nint graph, int type, long width, long rows);

    [LibraryImport(Base, EntryPoint = "ggml_set_name", StringMarshalling = StringMarshalling.Utf8)]
    public static partial GraphTensor* SetName(GraphTensor* tensor, string name);
}
