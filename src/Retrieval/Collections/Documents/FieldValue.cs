namespace Orchestrator.Retrieval.Collections.Documents;

/// <summary>A value of metadata: a string, a number, a boolean or an array of strings.</summary>
public abstract record FieldValue
{
    /// <summary>Bytes of memory, about.</summary>
    internal abstract long Bytes { get; }

    public sealed record Text(string Value) : FieldValue
    {
        internal override long Bytes => 56 + (sizeof(char) * Value.Length);
    }

    public sealed record Number(double Value) : FieldValue
    {
        internal override long Bytes => 24;
    }

    public sealed record Flag(bool Value) : FieldValue
    {
        internal override long Bytes => 24;
    }

    public sealed record Texts(IReadOnlyList<string> Values) : FieldValue
    {
        internal override long Bytes => 56 + Values.Sum(value => 40L + (sizeof(char) * value.Length));

        public bool Equals(Texts? other) => other is not null && Values.SequenceEqual(other.Values);

        public override int GetHashCode() => Values.Count;
    }
}
