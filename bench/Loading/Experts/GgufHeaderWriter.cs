using System.Text;

namespace Orchestrator.Bench.Loading.Experts;

/// <summary>The part of a GGUF (version 3) before its weights.</summary>
sealed class GgufHeaderWriter : IDisposable
{
    public const int Alignment = 32;

    readonly MemoryStream _stream = new();
    readonly BinaryWriter _writer;

    public GgufHeaderWriter() => _writer = new BinaryWriter(_stream);

    public static long Padded(long bytes) => (bytes + Alignment - 1) / Alignment * Alignment;

    /// <summary>Header, padded so that the weights can follow.</summary>
    /// <param name="metadata">Values: uint, float, bool, string, or arrays of string or int.</param>
    public byte[] Write(IReadOnlyDictionary<string, object> metadata, IReadOnlyList<TensorShape> tensors)
    {
        _writer.Write("GGUF"u8);
        _writer.Write(3u);
        _writer.Write((ulong)tensors.Count);
        _writer.Write((ulong)metadata.Count);
        foreach ((string key, object value) in metadata)
        {
            Text(key);
            Value(value);
        }
        long offset = 0;
        foreach (TensorShape tensor in tensors)
        {
            Text(tensor.Name);
            _writer.Write(tensor.Rows is null ? 1 : 2);
            _writer.Write((ulong)tensor.Inputs);
            if (tensor.Rows is { } rows)
                _writer.Write((ulong)rows);
            _writer.Write((uint)tensor.Type);
            _writer.Write((ulong)offset);
            offset += Padded(tensor.Bytes);
        }
        _writer.Write(new byte[Padded(_stream.Position) - _stream.Position]);
        return _stream.ToArray();
    }

    public void Dispose() => _writer.Dispose();

    void Text(string text)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        _writer.Write((ulong)bytes.Length);
        _writer.Write(bytes);
    }

    void Value(object value)
    {
        switch (value)
        {
            case uint number:
                _writer.Write(4u);
                _writer.Write(number);
                break;
            case float number:
                _writer.Write(6u);
                _writer.Write(number);
                break;
            case bool flag:
                _writer.Write(7u);
                _writer.Write(flag);
                break;
            case string text:
                _writer.Write(8u);
                Text(text);
                break;
            case int[] numbers:
                Items(5u, numbers, _writer.Write);
                break;
            case string[] texts:
                Items(8u, texts, Text);
                break;
            default:
                throw new ArgumentException($"No GGUF type for {value.GetType()}.", nameof(value));
        }
    }

    void Items<T>(uint type, T[] items, Action<T> write)
    {
        _writer.Write(9u);
        _writer.Write(type);
        _writer.Write((ulong)items.Length);
        Array.ForEach(items, write);
    }
}
