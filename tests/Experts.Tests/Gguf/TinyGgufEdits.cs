using Orchestrator.Experts.Gguf;
using Orchestrator.TestKit;

namespace Orchestrator.Experts.Tests.Gguf;

/// <summary>Damages a good file in one place.</summary>
static class TinyGgufEdits
{
    public static TinyGguf With(this TinyGguf file, string key, object value)
    {
        file.Metadata[key] = value;
        return file;
    }

    public static TinyGguf Without(this TinyGguf file, string key)
    {
        file.Metadata.Remove(key);
        return file;
    }

    /// <summary>Adds or replaces a tensor of zeros; the type is ggml's number (0 F32, 1 F16, 8 Q8_0, 24–27 integers, 28 F64).</summary>
    public static TinyGguf WithTensor(this TinyGguf file, string name, int[] shape, uint type)
    {
        file.Tensors.RemoveAll(t => t.Name == name);
        file.Tensors.Add(new TinyTensor(name, shape, new float[shape.Aggregate((product, n) => product * n)]) { Type = type });
        return file;
    }

    /// <summary>Overwrites the first place where the bytes are found.</summary>
    public static byte[] Patched(this byte[] bytes, ReadOnlySpan<byte> find, ReadOnlySpan<byte> write)
    {
        write.CopyTo(bytes.AsSpan(bytes.AsSpan().IndexOf(find)));
        return bytes;
    }

    public static GgufHeader Header(this byte[] bytes) => GgufReader.Read(new MemoryStream(bytes), bytes.Length);
}
