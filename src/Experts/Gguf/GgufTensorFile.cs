using System.Runtime.InteropServices;

namespace Orchestrator.Experts.Gguf;

/// <summary>A GGUF whose tensors are read too. One file is open throughout, so that header and data belong together.</summary>
sealed class GgufTensorFile : IDisposable
{
    readonly FileStream _stream;

    GgufTensorFile(FileStream stream, GgufHeader header) => (_stream, Header) = (stream, header);

    public GgufHeader Header { get; }

    /// <exception cref="GgufException">The file cannot be read or is no GGUF.</exception>
    public static GgufTensorFile Open(string path)
    {
        FileStream? stream = null;
        try
        {
            stream = GgufReader.Open(path);
            return new GgufTensorFile(stream, GgufReader.Read(stream, stream.Length));
        }
        catch (GgufException)
        {
            stream?.Dispose();
            throw;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotSupportedException or ArgumentException)
        {
            stream?.Dispose();
            throw new GgufException($"the file cannot be read: {e.Message}", e);
        }
    }

    public void Dispose() => _stream.Dispose();

    /// <summary>The numbers of an F32 tensor. Nothing is allocated for one that the file is too short for.</summary>
    /// <exception cref="GgufException">It is of another type, lies beyond the end of the file, or cannot be read.</exception>
    public float[] Floats(GgufTensor tensor)
    {
        if (tensor.Type != GgufTypes.F32)
            throw new GgufException($"the tensor '{tensor.Name}' is of type {GgufTypes.Name(tensor.Type)}, it must be F32");
        var end = (ulong)Header.DataStart + (UInt128)tensor.Offset + ((UInt128)(ulong)tensor.Elements * sizeof(float));
        if (end > (ulong)Header.FileBytes || tensor.Elements > Array.MaxLength)
            throw new GgufException($"the data of the tensor '{tensor.Name}' lies beyond the end of the file; it is truncated or damaged");
        try
        {
            var values = new float[tensor.Elements];
            _stream.Position = Header.DataStart + (long)tensor.Offset;
            _stream.ReadExactly(MemoryMarshal.AsBytes(values.AsSpan()));
            return values;
        }
        catch (IOException e)
        {
            throw new GgufException($"the tensor '{tensor.Name}' cannot be read: {e.Message}", e);
        }
    }
}
