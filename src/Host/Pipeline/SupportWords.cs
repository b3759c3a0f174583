using System.Globalization;
using Orchestrator.Router.Coverage;

namespace Orchestrator.Host.Pipeline;

/// <summary>How far a choice can be trusted, as the end of a sentence that names the chosen.</summary>
static class SupportWords
{
    /// <param name="support">Null where too little was profiled to tell, or the choice rests on something else.</param>
    public static string Of(double? confidence, RouteCoverage? support)
    {
        var sure = confidence is null ? "without a confidence" : string.Create(CultureInfo.InvariantCulture, $"with confidence {confidence:F3}");
        return support is null
            ? $"{sure}; nothing profiled says how far to trust that"
            : string.Create(
                CultureInfo.InvariantCulture,
                $"{sure}; the question is {CoverageWords.Of(support.Verdict)}, at distance {support.Distance:F1} from what was profiled");
    }
}
