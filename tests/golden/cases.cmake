# What the loader says of every broken case and vocabulary; see cases.sh.
add_executable(golden_facts golden_facts.c)
target_link_libraries(golden_facts PRIVATE ${AMICUS_LAYER_TARGETS} amicus amicus_warnings)
add_test(NAME golden.cases COMMAND ${CMAKE_CURRENT_SOURCE_DIR}/cases.sh $<TARGET_FILE:golden_facts>
    WORKING_DIRECTORY ${PROJECT_SOURCE_DIR})
set_tests_properties(golden.cases PROPERTIES TIMEOUT 120)
