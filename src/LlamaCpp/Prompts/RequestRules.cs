using System.ComponentModel.DataAnnotations;
using Orchestrator.LlamaCpp.Generation;

namespace Orchestrator.LlamaCpp.Prompts;

/// <summary>What a request must be before any of it reaches llama.cpp.</summary>
static class RequestRules
{
    static readonly string[] Roles = ["system", "user", "assistant"];

    /// <exception cref="GenerationException">The first rule that is broken.</exception>
    public static void Check(GenerationRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (request.Messages is [])
            throw Invalid("A request needs at least one message.");
        for (var i = 0; i < request.Messages.Count; i++)
        {
            // A role is written into the template as it is.
            if (!Roles.Contains(request.Messages[i].Role, StringComparer.Ordinal))
                throw Invalid($"Message {i} has the role '{request.Messages[i].Role}'; allowed are {string.Join(", ", Roles)}.");
        }
        if (request.MaxTokens is < 1)
            throw Invalid($"MaxTokens is {request.MaxTokens}; it must be 1 or more.");
        if (request.Stop.Any(string.IsNullOrEmpty))
            throw Invalid("A stop string is empty.");
    }

    /// <exception cref="GenerationException">All options that are out of range.</exception>
    public static void Check(SamplingOptions sampling)
    {
        var errors = new List<ValidationResult>();
        if (!Validator.TryValidateObject(sampling, new ValidationContext(sampling), errors, validateAllProperties: true))
            throw Invalid(string.Join(" ", errors.Select(error => error.ErrorMessage)));
    }

    static GenerationException Invalid(string message) => new(GenerationFailure.InvalidRequest, message);
}
