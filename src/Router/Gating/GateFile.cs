using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Orchestrator.Experts.Configuration;
using Orchestrator.Router.Outcomes;

namespace Orchestrator.Router.Gating;

/// <summary>The gates of policies on disk: one JSON object by the policies' names.</summary>
public static class GateFile
{
    /// <summary>No fit comes near it, and sums of what is smaller stay numbers.</summary>
    const double Largest = 1e6;

    static readonly JsonSerializerOptions Format = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        WriteIndented = true,
        NewLine = "\n",
    };

    /// <returns>None where there is no such file: nothing was fitted yet.</returns>
    /// <exception cref="ConfigException">The file is there and is not what the format wants.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static IReadOnlyDictionary<string, RetrievalGate> Read(string path)
    {
        if (!File.Exists(path))
            return new Dictionary<string, RetrievalGate>();
        try
        {
            var gates = JsonSerializer.Deserialize<Dictionary<string, RetrievalGate>>(File.ReadAllText(path), Format)
                ?? throw new JsonException("The file is null.");
            foreach (var (policy, gate) in gates)
                Check(policy, gate);
            return gates;
        }
        catch (JsonException problem)
        {
            throw new ConfigException([$"{path}: no gates of 'orchestrator train gate', which writes the file: {problem.Message}"], problem);
        }
    }

    /// <summary>Replaces the file in one step; gates of other policies stay as they are.</summary>
    /// <exception cref="ConfigException">As for reading.</exception>
    /// <exception cref="IOException">The folder is missing or cannot be written.</exception>
    public static void Write(string path, string policy, RetrievalGate gate)
    {
        var gates = new SortedDictionary<string, RetrievalGate>(Read(path).ToDictionary(), StringComparer.Ordinal) { [policy] = gate };
        WholeFile.Replace(path, writer => writer.Write(JsonSerializer.Serialize(gates, Format) + "\n"));
    }

    static void Check(string policy, RetrievalGate? gate)
    {
        if (gate is null)
            throw new JsonException($"The gate of '{policy}' is null.");
        if (new[] { gate.Weights, gate.Means, gate.Scales }.Any(numbers => numbers.Count != GateFeatures.Count))
            throw new JsonException($"The gate of '{policy}' needs {GateFeatures.Count} weights, means and scales each.");
        if (gate.Weights.Concat(gate.Means).Concat(gate.Scales).Append(gate.Bias).Any(number => !(Math.Abs(number) <= Largest)))
            throw new JsonException($"A number of the gate of '{policy}' is not within {Largest} of 0.");
        if (!(gate.Threshold is >= 0 and <= 1))
            throw new JsonException($"The threshold of the gate of '{policy}' is not in 0 to 1.");
        if (gate.Scales.Any(scale => !(scale > 0)))
            throw new JsonException($"A scale of the gate of '{policy}' is not above 0.");
    }
}
