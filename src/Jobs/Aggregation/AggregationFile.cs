using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Orchestrator.Router.Outcomes;

namespace Orchestrator.Jobs.Aggregation;

/// <summary>The choice of an aggregator on disk: one JSON object, written for people too.</summary>
public static class AggregationFile
{
    const string Remedy = "'orchestrator aggregator choose --redo' replaces the file";

    static readonly JsonSerializerOptions Format = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectNullableAnnotations = true,
        WriteIndented = true,
    };

    /// <returns>Null where there is no such file: nothing was chosen yet.</returns>
    /// <exception cref="AggregationFileException">The file is there and is not what the format wants.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static AggregationChoice? Read(string path)
    {
        if (!File.Exists(path))
            return null;
        try
        {
            return Checked(JsonSerializer.Deserialize<AggregationChoice>(File.ReadAllText(path), Format), path);
        }
        catch (JsonException problem)
        {
            throw new AggregationFileException(
                $"{path}: not a choice of aggregator: {problem.Message} {Remedy}.", problem);
        }
    }

    /// <summary>Replaces the file in one step.</summary>
    /// <exception cref="IOException">The folder is missing or cannot be written.</exception>
    public static void Write(string path, AggregationChoice choice) =>
        WholeFile.Replace(path, writer => writer.Write(JsonSerializer.Serialize(choice, Format) + "\n"));

    static AggregationChoice Checked(AggregationChoice? choice, string path) => Problem(choice) is { } problem
        ? throw new AggregationFileException($"{path}: not a choice of aggregator: {problem}. {Remedy}.")
        : choice!;

    /// <summary>What the types alone do not say; null when nothing is wrong.</summary>
    static string? Problem(AggregationChoice? choice)
    {
        if (choice is null)
            return "it is null";
        if (choice.Items.Experts.Any(string.IsNullOrWhiteSpace))
            return "items.experts has one that is null or blank";
        for (int place = 0; place < choice.Results.Count; place++)
        {
            if (choice.Results[place] is not { } result)
                return $"results[{place}] is null";
            if (string.IsNullOrWhiteSpace(result.Expert))
                return $"results[{place}].expert is blank";
            if (result.Right < 0 || result.Right > result.Items)
                return $"'{result.Expert}' has {result.Right} right of {result.Items} items";
            if (result.Refused < 0 || result.Refused > result.Items - result.Right)
                return $"'{result.Expert}' has {result.Right} right and {result.Refused} refused of {result.Items} items";
        }
        return null;
    }
}
