using System.Runtime.InteropServices;
using Orchestrator.LlamaCpp.Native;

namespace Orchestrator.LlamaCpp.Models;

/// <summary>A tensor as a header lists it.</summary>
/// <param name="Shape">Always four dimensions, the fastest first.</param>
/// <param name="Type">ggml's number.</param>
sealed record TensorEntry(string Name, long[] Shape, int Type);

/// <summary>The header of a GGUF file, asked only for what is there.</summary>
sealed unsafe class GgufInspection : IDisposable
{
    public const int Float32 = 6;

    const int Text = 8;

    /// <summary>Magic, version and the two counts; a pipe, which would block the reader, has no length.</summary>
    const int LeastBytes = 24;

    readonly GgufHandle _file;

    GgufInspection(GgufHandle file) => _file = file;

    /// <exception cref="ModelLoadException">The file is missing, unreadable or no GGUF.</exception>
    public static GgufInspection Open(string path)
    {
        if (!File.Exists(path))
            throw new ModelLoadException(path, $"There is no file '{path}'.");
        if (new FileInfo(path) is { LinkTarget: null, Length: < LeastBytes } small)
            throw new ModelLoadException(path, $"'{path}' has only {small.Length} bytes, too few for a GGUF.");
        var listener = new LoadListener();
        var file = NativeLog.Listen(listener.Hear, () => GgufApi.Open(path, new GgufOpenParams { NoAlloc = 1 }));
        if (!file.IsInvalid)
            return new GgufInspection(file);
        file.Dispose();
        var reason = listener.Reason.Length > 0 ? listener.Reason : "llama.cpp gives no reason";
        throw new ModelLoadException(path, $"'{path}' cannot be read as a GGUF: {reason}.");
    }

    /// <summary>Null when the file does not have the key, or has another type of value there.</summary>
    public string? TextOf(string key) =>
        TypeOf(key) == Text ? Marshal.PtrToStringUTF8((nint)GgufApi.Text(_file, GgufApi.FindKey(_file, key))) : null;

    /// <summary>Null when the file does not have the key.</summary>
    public int? TypeOf(string key) => GgufApi.FindKey(_file, key) is >= 0 and var index ? GgufApi.ValueType(_file, index) : null;

    public IEnumerable<TensorEntry> Tensors()
    {
        for (var index = 0L; index < GgufApi.TensorCount(_file); index++)
            yield return Entry(index);
    }

    public TensorEntry? Tensor(string name) => GgufApi.FindTensor(_file, name) is >= 0 and var index ? Entry(index) : null;

    public void Dispose() => _file.Dispose();

    TensorEntry Entry(long index) => new(
        Marshal.PtrToStringUTF8((nint)GgufApi.TensorName(_file, index)) ?? "",
        new ReadOnlySpan<long>(GgufApi.TensorShape(_file, index), 4).ToArray(),
        GgufApi.TensorType(_file, index));
}
