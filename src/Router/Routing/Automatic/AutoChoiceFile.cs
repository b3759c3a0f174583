using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Orchestrator.Experts.Configuration;
using Orchestrator.Router.Outcomes;

namespace Orchestrator.Router.Routing.Automatic;

/// <summary>The choice of a strategy on disk: one JSON object, written for people too.</summary>
public static class AutoChoiceFile
{
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

    /// <returns>Null where there is no such file: nothing was chosen yet.</returns>
    /// <exception cref="ConfigException">The file is there and is not what the format wants.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static AutoChoice? Read(string path)
    {
        if (!File.Exists(path))
            return null;
        try
        {
            return JsonSerializer.Deserialize<AutoChoice>(File.ReadAllText(path), Format) is { } choice && StrategyNames.Contains(choice.Strategy)
                ? choice
                : throw new JsonException($"The strategy is not one of {string.Join(", ", StrategyNames)}.");
        }
        catch (JsonException problem)
        {
            throw new ConfigException(
                [$"{path}: not a choice of 'orchestrator train auto', which replaces the file: {problem.Message}"], problem);
        }
    }

    /// <summary>Replaces the file in one step.</summary>
    /// <exception cref="IOException">The folder is missing or cannot be written.</exception>
    public static void Write(string path, AutoChoice choice) =>
        WholeFile.Replace(path, writer => writer.Write(JsonSerializer.Serialize(choice, Format) + "\n"));

    /// <summary>Whoever follows a choice cannot be the choice.</summary>
    static IEnumerable<string> StrategyNames => PolicyRouter.Strategies.Where(name => name != AutoPolicies.Strategy);
}
