namespace Orchestrator.Router.Routing;

/// <summary>Why there is no route plan. The host maps each to one HTTP status.</summary>
public enum RouterFailure
{
    /// <summary>A policy's strategy or options are not what they may be; the message lists every problem.</summary>
    Configuration,

    /// <summary>No policy of that name is configured.</summary>
    UnknownPolicy,

    /// <summary>No expert is available to answer.</summary>
    NoExpert,
}

/// <summary>An expected failure of routing.</summary>
public sealed class RouterException(RouterFailure failure, string message) : Exception(message)
{
    public RouterFailure Failure { get; } = failure;

    /// <param name="why">A clause without a full stop.</param>
    public static RouterException NoExpert(string policy, string why) =>
        new(RouterFailure.NoExpert, $"Policy '{policy}' has no expert to choose: {why}.");
}
