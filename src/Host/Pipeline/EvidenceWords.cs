using System.Globalization;
using Orchestrator.Router.Evidence;

namespace Orchestrator.Host.Pipeline;

/// <summary>Says of a plan that is only shown what answering would look at beside the text.</summary>
static class EvidenceWords
{
    public static string Of(Cascade cascade, int most) => string.Create(CultureInfo.InvariantCulture,
        $"Where its answer's own probabilities let it be believed to less than {cascade.Threshold:0.00}, the next of the ranking is asked too, up to {most} experts.");
}
