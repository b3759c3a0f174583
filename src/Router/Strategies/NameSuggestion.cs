using Orchestrator.Experts.Configuration;

namespace Orchestrator.Router.Strategies;

/// <summary>"did you mean 'nearest'?" for a name that is almost right, otherwise "there are" all names.</summary>
static class NameSuggestion
{
    public static string For(string name, IReadOnlyCollection<string> allowed) =>
        allowed.Count == 0 ? "there is none to choose."
        : KeySuggestion.For(name, allowed) is { } close ? $"did you mean '{close}'?"
        : $"there are {string.Join(", ", allowed)}.";
}
