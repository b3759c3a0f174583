using Orchestrator.Experts.Configuration;
using Orchestrator.Jobs.RouterEvaluation.Learning;
using Orchestrator.Router.Routing;
using Orchestrator.Router.Routing.Automatic;

namespace Orchestrator.Jobs.Training;

/// <summary>What <c>orchestrator train auto</c> chooses from: every strategy that expects scores, some with several options.</summary>
public static class AutoGrid
{
    /// <summary>These leave the choice of who answers to chance, or follow another's.</summary>
    static readonly string[] Without = [AutoPolicies.Strategy, "random", "top-p"];

    /// <summary>Around the defaults, and well away from them where tables differ most. Stacking is too slow to fit several times.</summary>
    static readonly string[] Tries =
    [
        "nearest.neighbours=12,24,48",
        "ridge.penalty=0.3,1,5,20",
        "kernel-ridge.penalty=0.05,0.2,0.8",
        "kernel-ridge.sharpness=1,4",
        "clusters.clusters=8,12,24",
        "factorisation.factors=16,32",
        "soft-category.penalty=5,20",
        "composition.found=12,24,48",
    ];

    public static IReadOnlyList<PolicyConfig> Candidates =>
    [
        .. OptionGrid.Apply([.. PolicyRouter.Strategies.Except(Without).Select(Contender.Of)], Tries).SelectMany(contender => contender.Candidates),
        Contender.Of("composition").Candidates[0] with
        {
            Options = new Dictionary<string, string>(StringComparer.Ordinal) { ["categories"] = "skill" },
        },
    ];
}
