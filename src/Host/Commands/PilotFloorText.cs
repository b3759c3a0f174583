using System.Globalization;
using Orchestrator.Jobs.Retrieval;

namespace Orchestrator.Host.Commands;

/// <summary>What <c>--floor</c> says: one that is found, none, or a cosine.</summary>
readonly record struct PilotFloorText(bool IsAuto, double? Value)
{
    public const string Auto = "auto", None = "none";

    /// <exception cref="RetrievalException">It is none of the three.</exception>
    public static PilotFloorText Parse(string text) => text switch
    {
        Auto => new PilotFloorText(true, null),
        None => new PilotFloorText(false, null),
        _ when double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var floor) && floor is >= -1 and <= 1 => new PilotFloorText(false, floor),
        _ => throw new RetrievalException($"--floor is '{text}', but must be {Auto}, {None} or a cosine from -1 to 1."),
    };
}
