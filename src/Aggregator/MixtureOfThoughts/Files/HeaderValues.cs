using Orchestrator.Experts.Gguf;

namespace Orchestrator.Aggregator.MixtureOfThoughts.Files;

/// <summary>The header's values, each within what is allowed for it.</summary>
sealed class HeaderValues(string path, GgufHeader header)
{
    public string Architecture => header.Architecture;

    /// <summary>Empty where it is missing.</summary>
    public string Text(string key) => header.Text(key) ?? "";

    public int Whole(string key, int least, int most) =>
        header.Integer(key) is { } value && value >= least && value <= most
            ? (int)value
            : throw Fault(
                $"{key} is {header.Integer(key)?.ToString() ?? "missing or no whole number"}",
                least == most ? $"allowed is only {least}" : $"allowed are {least} to {most}");

    /// <param name="most">For the value of each place.</param>
    public int[] Wholes(string key, int count, int least, Func<int, int> most)
    {
        IReadOnlyList<long> values = header.Integers(key) ?? throw Missing(key, "whole numbers");
        if (values.Count != count)
            throw Fault($"{key} has {values.Count} values", $"it must have {count}");
        for (int i = 0; i < count; i++)
        {
            if (values[i] < least || values[i] > most(i))
                throw Fault($"{key} has {values[i]} at place {i}", $"allowed are {least} to {most(i)}");
        }

        return [.. values.Select(value => (int)value)];
    }

    public IReadOnlyList<string> Texts(string key) => header.Texts(key) ?? throw Missing(key, "texts");

    /// <summary>Texts that are neither empty nor twice there.</summary>
    public IReadOnlyList<string> Names(string key)
    {
        IReadOnlyList<string> names = Texts(key);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        if (names.Count == 0 || names.Any(string.IsNullOrWhiteSpace))
        {
            throw Fault(
                $"{key} has {(names.Count == 0 ? "no values" : "an empty one")}", "at least one is needed and none may be empty");
        }

        return names.FirstOrDefault(name => !seen.Add(name)) is { } twice
            ? throw Fault($"{key} has '{twice}' twice", "each may be there once")
            : names;
    }

    public MixtureFileException Fault(string what, string allowed) => new(path, what, allowed);

    MixtureFileException Missing(string key, string kind) =>
        Fault($"{key} is missing, longer or something else", $"it must be an array of at most {GgufLimits.KeptIntegers} {kind}");
}
