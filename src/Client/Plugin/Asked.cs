using Orchestrator.Client.Plugin.Parameters;

namespace Orchestrator.Client.Plugin;

/// <summary>Parameters that several functions share.</summary>
static class Asked
{
    /// <summary>What the service takes.</summary>
    const int MostSkills = 16;

    /// <summary>Characters of a phrase: all of them travel in one header, which servers take up to some thousands.</summary>
    const int LongestSkill = 100;

    public static Parameter<string> Question { get; } = new(
        "question", "The question, whole and understandable on its own: experts see nothing else of the conversation.", new TextShape())
    {
        Required = true,
    };

    public static Parameter<IReadOnlyList<string>> Skills { get; } = new(
        "skills", "What the question needs, in a few short phrases such as 'addition' or 'organic chemistry'. Leave it out where you are not sure.",
        new ListShape<string>(new TextShape { Longest = LongestSkill }, MostSkills));

    /// <param name="model">Where the agent names none.</param>
    public static Parameter<string> Policy(string model) => new(
        "policy", "The policy that chooses the experts, or the id of the one expert to use, as list_experts names them.", new TextShape())
    {
        Default = model,
    };

    /// <returns>Phrases that a header can carry.</returns>
    /// <exception cref="ArgumentProblem">They have letters that none can.</exception>
    public static string[] SkillsOf(Arguments arguments)
    {
        string[] phrases =
        [
            .. (arguments.Find(Skills) ?? []).SelectMany(text => text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)),
        ];
        return phrases.All(phrase => phrase.All(letter => letter is >= ' ' and <= '~'))
            ? phrases
            : throw new ArgumentProblem($"The argument '{Skills.Name}' must be phrases in plain English letters.");
    }
}
