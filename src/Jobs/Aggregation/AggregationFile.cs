using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Orchestrator.Router.Outcomes;

namespace Orchestrator.Jobs.Aggregation;

/// <summary>The choice of an aggregator on disk: one JSON object, written for people too.</summary>
public static class AggregationFile
{
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
                $"{path}: not a choice of aggregator: {problem.Message} 'orchestrator aggregator choose' writes one.", problem);
        }
    }

    /// <summary>Replaces the file in one step.</summary>
    /// <exception cref="IOException">The folder is missing or cannot be written.</exception>
    public static void Write(string path, AggregationChoice choice) =>
        WholeFile.Replace(path, writer => writer.Write(JsonSerializer.Serialize(choice, Format) + "\n"));

    static AggregationChoice Checked(AggregationChoice? choice, string path) => choice switch
    {
        null => throw new AggregationFileException($"{path}: the choice is null"),
        _ when choice.Results.FirstOrDefault(result => result.Right < 0 || result.Right > result.Items) is { } wrong =>
            throw new AggregationFileException($"{path}: '{wrong.Expert}' has {wrong.Right} right of {wrong.Items} items"),
        _ => choice,
    };
}
