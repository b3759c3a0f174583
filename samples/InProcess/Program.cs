using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Orchestrator.Client;

// The whole service inside this program: no server, no port. Run it in the repository:
//   dotnet run --project samples/InProcess -- "What is 17 + 25?"
var question = args is [var asked, ..] ? asked : "What is 17 + 25?";
await using var services = new ServiceCollection()
    .AddOrchestrator("configs/orchestrator.yaml")
    .BuildServiceProvider();

using var stop = new CancellationTokenSource();
Console.CancelKeyPress += (_, pressed) =>
{
    pressed.Cancel = true;
    stop.Cancel();
};

try
{
    // Any IChatClient streams like this; this one is answered by the expert that proved good at such questions.
    var chat = services.GetRequiredService<IChatClient>();
    await foreach (var update in chat.GetStreamingResponseAsync(question, cancellationToken: stop.Token))
        Console.Write(update.Text);
    Console.WriteLine();

    // What an agent would call as a tool: who would be asked, and why.
    var route = services.GetRequiredService<OrchestratorPlugin>().Functions.Single(function => function.Name == "route_question");
    Console.WriteLine(await route.InvokeAsync(new AIFunctionArguments { ["question"] = question }, stop.Token));
    return 0;
}
catch (OrchestratorException failure)
{
    Console.Error.WriteLine(failure.Message);
    return 1;
}
catch (OperationCanceledException)
{
    return 130;
}
