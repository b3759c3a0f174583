using System.Runtime.InteropServices;

namespace Orchestrator.LlamaCpp.Native;

/// <summary>
/// Reads headers of GGUF files with ggml's own reader. It refuses damaged files, but asking it for a value of another
/// type than the file has ends the process: ask for the type first.
/// </summary>
static unsafe partial class GgufApi
{
    [LibraryImport(GgmlApi.Base, EntryPoint = "gguf_init_from_file", StringMarshalling = StringMarshalling.Utf8)]
    public static partial GgufHandle Open(string path, GgufOpenParams parameters);

    [LibraryImport(GgmlApi.Base, EntryPoint = "gguf_free")]
    public static partial void Free(nint file);

    [LibraryImport(GgmlApi.Base, EntryPoint = "gguf_find_key", StringMarshalling = StringMarshalling.Utf8)]
    public static partial long FindKey(GgufHandle file, string key);

    [LibraryImport(GgmlApi.Base, EntryPoint = "gguf_get_kv_type")]
    public static partial int ValueType(GgufHandle file, long key);

    [LibraryImport(GgmlApi.Base, EntryPoint = "gguf_get_val_str")]
    public static partial byte* Text(GgufHandle file, long key);

    [LibraryImport(GgmlApi.Base, EntryPoint = "gguf_get_n_tensors")]
    public static partial long TensorCount(GgufHandle file);

    [LibraryImport(GgmlApi.Base, EntryPoint = "gguf_find_tensor", StringMarshalling = StringMarshalling.Utf8)]
    public static partial long FindTensor(GgufHandle file, string name);

    [LibraryImport(GgmlApi.Base, EntryPoint = "gguf_get_tensor_name")]
    public static partial byte* TensorName(GgufHandle file, long tensor);

    [LibraryImport(GgmlApi.Base, EntryPoint = "gguf_get_tensor_ne")]
    public static partial long* TensorShape(GgufHandle file, long tensor);

    [LibraryImport(GgmlApi.Base, EntryPoint = "gguf_get_tensor_type")]
    public static partial int TensorType(GgufHandle file, long tensor);
}

/// <summary><c>gguf_init_params</c>, 16 bytes.</summary>
[StructLayout(LayoutKind.Sequential)]
struct GgufOpenParams
{
    public byte NoAlloc;
    public nint Context;
}
