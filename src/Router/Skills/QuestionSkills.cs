namespace Orchestrator.Router.Skills;

/// <summary>K_q: the skills of the profile that a question needs, each once and at least one, and how they were found.</summary>
sealed record QuestionSkills(IReadOnlyList<int> Skills, IReadOnlyList<string> Reasons);
