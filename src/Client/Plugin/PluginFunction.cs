using System.Text.Json;
using Microsoft.Extensions.AI;
using Orchestrator.Client.Connection;
using Orchestrator.Client.Plugin.Parameters;
using Orchestrator.Client.Plugin.Results;

namespace Orchestrator.Client.Plugin;

/// <summary>
/// A tool whose schema and reading of arguments come from the same parameters. What goes wrong is its result: hosts tell a model
/// no more of an exception than that there was one.
/// </summary>
abstract class PluginFunction(string name, string description, params IReadOnlyList<Parameter> parameters) : AIFunction
{
    public sealed override string Name => name;

    public sealed override string Description => description;

    public sealed override JsonElement JsonSchema { get; } = ObjectSchema.Of(parameters);

    public sealed override JsonSerializerOptions JsonSerializerOptions => PluginJson.Plain.Options;

    /// <exception cref="ArgumentProblem">An argument is missing or wrong.</exception>
    /// <exception cref="JsonException">A part of the reply is not Orchestrator's.</exception>
    /// <exception cref="OrchestratorException">The service refused or is not there.</exception>
    protected abstract Task<JsonElement> RunAsync(Arguments arguments, CancellationToken cancellationToken);

    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    protected sealed override async ValueTask<object?> InvokeCoreAsync(AIFunctionArguments arguments, CancellationToken cancellationToken)
    {
        try
        {
            return await RunAsync(Arguments.Of(arguments, parameters), cancellationToken).ConfigureAwait(false);
        }
        catch (ArgumentProblem wrong)
        {
            return Failed(new ErrorWords(wrong.Message, "invalid_argument"));
        }
        catch (JsonException)
        {
            return Failed(new ErrorWords(
                $"What the service replied is not Orchestrator's: a part of it is another than expected. {FailureWords.EndpointAdvice}", FailureCode.NotOrchestrator));
        }
        catch (OrchestratorException refused)
        {
            return Failed(new ErrorWords(refused.Message, refused.Code ?? CodeOf(refused.Status)));
        }
    }

    /// <summary>Of what something between here and the service refused: whether that may be otherwise soon.</summary>
    static string CodeOf(int? status) => status is >= 400 and < 500 and not (408 or 429) ? "refused" : "service_unavailable";

    static JsonElement Failed(ErrorWords error) => JsonSerializer.SerializeToElement(new ErrorResult(error), PluginJson.Plain.ErrorResult);
}
