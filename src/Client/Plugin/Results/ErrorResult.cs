namespace Orchestrator.Client.Plugin.Results;

/// <summary>What a function returns where it could not do what it was asked.</summary>
sealed record ErrorResult(ErrorWords Error);

/// <param name="Code">A word for programs, such as <c>model_not_found</c>.</param>
sealed record ErrorWords(string Message, string Code);
